"""Sign-in in a real browser, with a provider of our own."""

import pytest

from kb.config import Settings
from kb.store import embedded
from tests.browser.conftest import serving, settle
from tests.browser.fake_provider import CLIENT, SECRET, providing
from tests.patience import PATIENCE
from tests.ui.sample import fill
from ui.cli import free_port


@pytest.fixture(scope="module")
def provider():
    with providing() as running:
        yield running


@pytest.fixture(scope="module")
def guarded(tmp_path_factory, provider):
    """Where a desk with sign-in is served."""
    folder = tmp_path_factory.mktemp("guarded")
    settings = Settings(folder / "data", None, "unused")
    port = free_port("127.0.0.1", 8790)
    fill(settings)
    file = folder / "sign-in.toml"
    file.write_text(
        f"""
[auth]
redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
cookie_secret = "0123456789abcdef0123456789abcdef"
client_id = "{CLIENT}"
client_secret = "{SECRET}"
server_metadata_url = "{provider.address}/.well-known/openid-configuration"

[roles]
admin = ["ann@example.org"]
reviewer = ["bob@example.org"]
viewer = ["*@example.org"]
""",
        encoding="utf-8",
    )
    file.chmod(0o600)
    with serving(settings, port, "--sign-in", str(file)) as address:
        assert address.endswith(str(port))
        yield address
    embedded.stop(settings.data)


@pytest.fixture
def visitor(browser, guarded):
    """A browser that knows nothing of an earlier visit, and its page."""
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1000)  # it counts milliseconds
    yield page
    context.close()


def enter(page, guarded, provider, mail, *, verified=True):
    provider.mail, provider.verified = mail, verified
    page.goto(guarded)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Sign out").wait_for()
    settle(page)


def test_nobody_sees_anything_before_signing_in(visitor, guarded):
    for path in ("/", "/articles?article=harbor", "/query?cypher=MATCH%20(n)%20RETURN%20n"):
        visitor.goto(guarded + path)
        visitor.get_by_role("button", name="Sign in").wait_for()
        settle(visitor)
        assert "TikTok" not in visitor.inner_text("body")
        assert visitor.get_by_role("link", name="Data").count() == 0


@pytest.mark.parametrize(
    ("mail", "role"), [("ann@example.org", "admin"), ("bob@example.org", "reviewer"), ("eve@example.org", "viewer")]
)
def test_what_somebody_may_do_depends_on_their_role(visitor, guarded, provider, mail, role):
    uploads, decides = role == "admin", role != "viewer"
    enter(visitor, guarded, provider, mail)
    assert f"Signed in as {mail} · {role}" in visitor.inner_text("body")
    visitor.goto(f"{guarded}/data")
    visitor.get_by_role("heading", name="Read articles").wait_for()
    settle(visitor)
    assert bool(visitor.get_by_role("button", name="Read into the graph").count()) == uploads
    assert ("Data folder" in visitor.inner_text("body")) == uploads
    visitor.goto(f"{guarded}/review")
    visitor.get_by_text("to look at").or_(visitor.get_by_text("left to look at")).first.wait_for()
    settle(visitor)
    assert bool(visitor.get_by_label("Why (for the record)").count()) == decides
    assert visitor.get_by_label("Your name").count() == 0


@pytest.mark.parametrize(
    ("mail", "verified"), [("eve@elsewhere.org", True), ("ann@example.org", False)], ids=["unknown", "not verified"]
)
def test_somebody_without_a_role_sees_nothing(visitor, guarded, provider, mail, verified):
    enter(visitor, guarded, provider, mail, verified=verified)
    assert "has no role here" in visitor.inner_text("body")
    assert "TikTok" not in visitor.inner_text("body")


def test_who_signs_out_sees_nothing_any_more(visitor, guarded, provider):
    enter(visitor, guarded, provider, "ann@example.org")
    visitor.get_by_role("button", name="Sign out").click()
    visitor.get_by_role("button", name="Sign in").wait_for()
    assert "TikTok" not in visitor.inner_text("body")
