import pytest

from kb.errors import UsageError
from ui.roles import Role, read_sign_in

AUTH = """
[auth]
redirect_uri = "https://desk.example.org/oauth2callback"
cookie_secret = "0123456789abcdef0123456789abcdef"
client_id = "desk"
client_secret = "secret"
server_metadata_url = "https://login.example.org/.well-known/openid-configuration"
"""
ROLES = """
[roles]
admin = ["Ann@example.org"]
reviewer = ["bob@example.org"]
viewer = ["*@example.org"]
"""


@pytest.fixture
def written(tmp_path):
    def write(text, mode=0o600):
        path = tmp_path / "sign-in.toml"
        path.write_text(text, encoding="utf-8")
        path.chmod(mode)
        return path

    return write


@pytest.mark.parametrize(
    ("claims", "role"),
    [
        pytest.param({"email": "ann@EXAMPLE.org", "email_verified": True}, Role.ADMIN, id="case does not matter"),
        pytest.param({"email": "bob@example.org", "email_verified": True}, Role.REVIEWER, id="reviewer"),
        pytest.param({"email": "eve@example.org", "email_verified": True}, Role.VIEWER, id="of the domain"),
        pytest.param({"email": "eve@example.org.evil.net", "email_verified": True}, None, id="another domain"),
        pytest.param({"email": "eve@evil.net@example.org", "email_verified": True}, Role.VIEWER, id="last at sign"),
        pytest.param({"email": "ann@example.org", "email_verified": False}, None, id="not verified"),
        pytest.param({"email": "ann@example.org"}, None, id="nobody says verified"),
        pytest.param({"email_verified": True, "name": "ann@example.org"}, None, id="no mail address"),
        pytest.param({"email": "", "email_verified": True}, None, id="empty"),
    ],
)
def test_a_role_comes_from_a_verified_mail_address(written, claims, role):
    assert read_sign_in(written(AUTH + ROLES)).role_of(claims) is role


def test_a_provider_that_verifies_nothing_can_be_trusted_all_the_same(written):
    found = read_sign_in(written(AUTH + ROLES + "\n[trust]\nunverified_email = true\n"))
    assert found.role_of({"email": "bob@example.org"}) is Role.REVIEWER


@pytest.mark.parametrize(
    ("text", "mode", "complaint"),
    [
        pytest.param(AUTH + ROLES, 0o644, "chmod 600", id="others can read it"),
        pytest.param("[auth", 0o600, "no TOML", id="no TOML"),
        pytest.param(ROLES, 0o600, "auth", id="no auth"),
        pytest.param(AUTH, 0o600, "names nobody", id="no roles"),
        pytest.param(AUTH + "[roles]\nowner = ['a']\n", 0o600, "owner", id="unknown role"),
        pytest.param(
            AUTH.replace("0123456789abcdef0123456789abcdef", "short") + ROLES, 0o600, "cookie_secret", id="short"
        ),
        pytest.param(AUTH.replace("oauth2callback", "back") + ROLES, 0o600, "oauth2callback", id="other way back"),
        pytest.param(AUTH.replace("https://desk", "http://desk") + ROLES, 0o600, "https://", id="not encrypted"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_by_name(written, text, mode, complaint):
    with pytest.raises(UsageError) as caught:
        read_sign_in(written(text, mode))
    assert complaint in str(caught.value)
    assert "sign-in.toml" in str(caught.value)


def test_a_file_that_is_not_there_is_refused_by_name(tmp_path):
    with pytest.raises(UsageError, match="cannot be read"):
        read_sign_in(tmp_path / "none.toml")
