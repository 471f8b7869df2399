"""Which language a text is in, as far as that can be told."""

from __future__ import annotations

import pytest

from ingest.inputs.language import detect_language

TEXTS = [
    ("English", "The court said on Monday that it would hear the case, and the company has until May to reply."),
    ("German", "Das Gericht hat am Montag entschieden, dass die Firma den Dienst nicht mehr in der EU anbieten darf."),
    ("French", "Le tribunal a décidé lundi que la société ne peut plus offrir le service dans les pays de l'Union."),
    ("Spanish", "El tribunal decidió el lunes que la empresa no puede ofrecer el servicio en los países de la Unión."),
    (
        "Portuguese",
        "O tribunal decidiu na segunda-feira que a empresa não pode mais oferecer o serviço em um país do bloco.",
    ),
    ("Italian", "Il tribunale ha deciso lunedì che la società non può più offrire il servizio nei paesi della Unione."),
    (
        "Dutch",
        "De rechter heeft maandag besloten dat het bedrijf de dienst niet meer in de Europese Unie mag aanbieden.",
    ),
    ("Polish", "Sąd zdecydował w poniedziałek, że firma nie może już oferować tej usługi w krajach Unii i na rynku."),
    ("Chinese or Japanese", "周一，法院裁定该公司不得再在美国提供该服务。"),
    ("Japanese", "裁判所は月曜日、同社が米国でサービスを提供することはできないと判断した。"),
    ("Cyrillic script", "В понедельник суд решил, что компания больше не может предлагать услугу."),
    ("Arabic script", "قررت المحكمة يوم الاثنين أن الشركة لا يمكنها تقديم الخدمة."),
    ("Korean", "법원은 월요일에 회사가 더 이상 서비스를 제공할 수 없다고 판결했다."),
]


@pytest.mark.parametrize(("language", "text"), [pytest.param(*row, id=row[0]) for row in TEXTS])
def test_the_language_of_a_sentence_is_told(language: str, text: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(
    "text", ["", "TikTok", "H.R. 7521", "Apple 12% Google 13% Meta 14% Intel 2% AMD 9% IBM 1% GM GE 3M HP"]
)
def test_too_little_is_told_about_by_none(text: str) -> None:
    assert detect_language(text) is None


def test_an_english_article_with_foreign_names_and_quotes_is_english() -> None:
    text = TEXTS[0][1] * 5 + " 周一，法院裁定该公司。 " + TEXTS[1][1] + " Jean-Noël Barrot, Łukasz Kowalski, Москва."
    assert detect_language(text) == "English"


def test_a_long_text_is_judged_by_its_start_and_its_middle() -> None:
    assert detect_language(TEXTS[0][1] * 300) == "English"
    assert detect_language(TEXTS[1][1] * 300) == "German"
