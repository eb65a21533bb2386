"""Papers: the plan a person carries, and an assessment in print."""

import io
import re
from pathlib import Path

import pikepdf
import pytest

import r2com
from r2com.ui.pdf import PaperFault, pdf

PACKAGE = Path(r2com.__file__).parent
PLAN = PACKAGE / "plans/typst/plan.typ"
ASSESSMENT = PACKAGE / "assessments/typst/assessment.typ"

PLAN_EN = {
    "language": "en",
    "house": "Lantern",
    "title": "Milo’s plan",
    "draft": True,
    "draft_word": "DRAFT",
    "status_line": "Draft 2, 17 November 2026. Not agreed yet.",
    "voice": "My own door. Being there when my sister’s boy starts school.",
    "goals": [
        {
            "goal": "A room I can lock, by Christmas",
            "helps": ["My uncle’s sofa until New Year"],
            "steps": [
                {"what": "Hand in the Hearth House form.", "who": "Milo, Ines", "by": "17 Nov"},
                {"what": "Ask for a viewing.", "who": "Ines", "by": "19 Nov"},
            ],
        },
        {
            "goal": "Three evenings a week with something to do",
            "helps": ["Boxing", "Rafe"],
            "steps": [
                {"what": "First training with Rafe. Ask about the fee.", "who": "Milo, Rafe", "by": "21 Nov"}
            ],
        },
    ],
    "stops": ["The room falls through: Ines asks the night shelter list the same day."],
    "people": [{"name": "Ines", "phone": "000 555 0141"}, {"name": "Night line", "phone": "000 555 0100"}],
    "promises": ["Ines answers within a working day, and says so when she cannot."],
    "review_line": "on Thursday 3 December at 10:00, at Hearth House, with my uncle.",
    "agreement_line": "Nobody has agreed to this yet.",
    "signatures": ["Milo Fernweh", "Ines Lindqvarn, Lantern Association"],
    "copies": ["Milo", "Ines"],
    "end_line": "You may change or take back this plan at any time.",
    "printed_line": "Printed by Ines Lindqvarn, 17 November 2026, 09:02.",
    "words": {
        "paper": "Plan",
        "goals": "What I am working towards",
        "goal": "My goal",
        "helps": "What helps me",
        "steps": "Next steps",
        "who": "Who",
        "by": "By",
        "stops": "What could stop it, and then",
        "ring": "Whom I can ring",
        "promises": "What the people around me promised",
        "review": "We look at this again",
        "pen": "Room for a pen",
        "place": "Place and date",
        "copies": "Copies",
    },
}

PLAN_PT = PLAN_EN | {
    "language": "pt-PT",
    "title": "O plano do Milo",
    "draft_word": "RASCUNHO",
    "status_line": "Rascunho 2, 17 de novembro de 2026. Ainda sem acordo.",
    "voice": "Uma porta que seja minha. Estar lá quando o filho da minha irmã começar a escola.",
    "goals": [
        {
            "goal": "Um quarto que eu possa trancar, até ao Natal",
            "helps": ["O sofá do meu tio até ao Ano Novo"],
            "steps": [
                {
                    "what": "Entregar o formulário na Casa da Lareira.",
                    "who": "Milo, Inês",
                    "by": "17 nov.",
                },
                {"what": "Pedir uma visita ao quarto.", "who": "Inês", "by": "19 nov."},
            ],
        },
        {
            "goal": "Três noites por semana com alguma coisa para fazer",
            "helps": ["O boxe", "O Rafe"],
            "steps": [{"what": "Primeiro treino. Perguntar pela isenção.", "who": "Milo", "by": "21 nov."}],
        },
    ],
    "stops": ["Se o quarto falhar, a Inês pergunta no mesmo dia pela lista do abrigo noturno."],
    "people": [
        {"name": "Inês", "phone": "000 555 0141"},
        {"name": "Linha da noite", "phone": "000 555 0100"},
    ],
    "promises": ["A Inês responde dentro de um dia útil e avisa quando não puder."],
    "review_line": "na quinta-feira, 3 de dezembro, às 10:00, com o meu tio.",
    "agreement_line": "Ainda ninguém deu o seu acordo.",
    "signatures": ["Milo Fernweh", "Inês Lindqvarn, Associação Lantern"],
    "end_line": "Pode mudar ou retirar este plano em qualquer altura.",
    "printed_line": "Impresso por Inês Lindqvarn, 17 de novembro de 2026, 09:02.",
    "words": {
        "paper": "Plano",
        "goals": "O que quero alcançar",
        "goal": "O meu objetivo",
        "helps": "O que me ajuda",
        "steps": "Próximos passos",
        "who": "Quem",
        "by": "Até",
        "stops": "O que pode travar, e então",
        "ring": "A quem posso ligar",
        "promises": "O que as pessoas à minha volta prometeram",
        "review": "Voltamos a ver isto",
        "pen": "Espaço para escrever",
        "place": "Local e data",
        "copies": "Cópias",
    },
}

MARK = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><circle cx="12" cy="12" r="8"/></svg>'
HOLD = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M12 3l9 9-9 9-9-9z"/></svg>'
IMAGES = {"need-marked.svg": MARK, "hold-strong.svg": HOLD}

ASSESSMENT_EN = {
    "language": "en",
    "house": "Lantern Association",
    "title": "Milo’s assessment",
    "draft": True,
    "draft_word": "DRAFT",
    "status_line": "Waiting for sign-off.",
    "instrument": {
        "name": "Open TV-RAT",
        "version": "0.1",
        "disclaimer": "An independent open instrument. It is not validated and it does not predict.",
    },
    "facts": [
        {"label": "With", "text": "Milo Fernweh"},
        {"label": "By", "text": "Ines Lindqvarn, with an interpreter"},
        {"label": "When", "text": "Three talks, 2 to 17 November 2026"},
    ],
    "voice": "My own door. Being there when my sister’s boy starts school.",
    "boxes": [
        {
            "title": "What matters to Milo",
            "text": "A door of his own, wages in his own account, and his sister’s boy.",
            "rests_on": ["A place to live", "Bonds with relatives"],
        },
        {"title": "What makes this move hard now", "text": "", "rests_on": []},
    ],
    "futures": [
        {
            "title": "Settles well",
            "text": "The room comes through before Christmas.",
            "first_sign": "He keeps the viewing",
            "who_notices": "Ines",
            "who_acts": "Hearth House holds the room",
        },
        {
            "title": "Drifts",
            "text": "",
            "first_sign": "Two trainings missed",
            "who_notices": "Rafe",
            "who_acts": "Rafe rings him",
        },
    ],
    "needs": [{"title": "A place to live", "text": "The sofa ends at New Year"}],
    "strengths": [{"title": "Bonds with relatives", "text": "His uncle goes along"}],
    "intensity": {"title": "Enhanced", "text": "Two meetings a week until the room is his."},
    "decisions": [
        {
            "line": "Returned by Bram Oosterlicht, 18 November 2026",
            "text": "Please write what would prove us wrong.",
        }
    ],
    "map": [
        {
            "title": "Landing and basic security",
            "rows": [
                {
                    "title": "A place to live",
                    "need": {"word": "Marked", "image": "need-marked.svg", "alt": "How hard now: marked"},
                    "strength": {"word": "Not known", "image": None, "alt": ""},
                },
            ],
        },
        {
            "title": "Family and close relationships",
            "rows": [
                {
                    "title": "Bonds with relatives",
                    "need": {"word": "Does not apply", "image": None, "alt": ""},
                    "strength": {
                        "word": "Strong",
                        "image": "hold-strong.svg",
                        "alt": "What holds here: strong",
                    },
                },
            ],
        },
    ],
    "areas": [
        {
            "title": "Landing and basic security",
            "about": "Whether the ordinary things a person needs to stand on are in place.",
            "items": [
                {
                    "title": "A place to live",
                    "judgements": [
                        {"label": "How hard is it now?", "value": "Marked"},
                        {"label": "What holds here?", "value": "Not known"},
                        {"label": "What does it matter for now?", "value": "Settling"},
                        {"label": "Which way is it going?", "value": "Easing"},
                        {"label": "How sure are you?", "value": "Contested"},
                        {"label": "How does the person see it?", "value": "Sees it otherwise"},
                    ],
                    "makes_hard": [
                        {
                            "text": "The sofa ends at New Year.",
                            "source": "Said by Milo",
                            "date": "2 November 2026",
                        }
                    ],
                    "speaks_against": [],
                    "view": "It is not that bad. I have slept in worse places.",
                    "contested": "Milo says the letter from the landlord was never sent.",
                }
            ],
        },
        {
            "title": "Family and close relationships",
            "about": "Who the person can lean on, and who leans on them.",
            "items": [],
        },
    ],
    "not_known": ["Debt and claims on the person"],
    "limits": [
        "No answer here says what Milo will do.",
        "Nothing is added up, and not known is not the same as not seen.",
    ],
    "printed_line": "Printed by Ines Lindqvarn, 18 November 2026, 09:02.",
    "words": {
        "paper": "Assessment",
        "formulation": "What we make of it",
        "rests_on": "Rests on",
        "nothing_written": "Nothing written yet.",
        "futures": "Three futures",
        "future": "If it goes this way",
        "first_sign": "What we would see first",
        "who_notices": "Who notices",
        "who_acts": "Who does what",
        "needs": "What comes first",
        "strengths": "What holds most",
        "none_chosen": "None chosen yet.",
        "intensity": "How much help",
        "decisions": "Read and signed off",
        "not_decided": "Not decided yet.",
        "map": "Needs and strengths",
        "item": "Part of life",
        "hard": "What makes it hard",
        "holds": "What holds",
        "items": "What it rests on",
        "makes_hard": "Makes it hard",
        "speaks_against": "Speaks against",
        "no_evidence": "Nothing noted.",
        "view": "In their own words",
        "contested": "Contested",
        "nothing_rated": "Nothing talked over here yet.",
        "not_known": "Still not known",
        "nothing_unknown": "Nothing was left open.",
        "limits": "What these answers do not mean",
    },
}

ASSESSMENT_PT = ASSESSMENT_EN | {
    "language": "pt-PT",
    "house": "Associação Lantern",
    "title": "A avaliação do Milo",
    "draft_word": "RASCUNHO",
    "status_line": "À espera de validação.",
    "instrument": {
        "name": "Open TV-RAT",
        "version": "0.1",
        "disclaimer": "Um instrumento aberto e independente. Não está validado e não prevê.",
    },
    "facts": [
        {"label": "Com", "text": "Milo Fernweh"},
        {"label": "Por", "text": "Inês Lindqvarn, com intérprete"},
        {"label": "Quando", "text": "Três conversas, de 2 a 17 de novembro de 2026"},
    ],
    "voice": "Uma porta que seja minha. Estar lá quando o filho da minha irmã começar a escola.",
    "words": {
        "paper": "Avaliação",
        "formulation": "Como entendemos isto",
        "rests_on": "Assenta em",
        "nothing_written": "Ainda nada escrito.",
        "futures": "Três futuros",
        "future": "Se for por aqui",
        "first_sign": "O que veríamos primeiro",
        "who_notices": "Quem repara",
        "who_acts": "Quem faz o quê",
        "needs": "O que vem primeiro",
        "strengths": "O que mais segura",
        "none_chosen": "Ainda nada escolhido.",
        "intensity": "Quanta ajuda",
        "decisions": "Lido e validado",
        "not_decided": "Ainda por decidir.",
        "map": "Dificuldades e forças",
        "item": "Parte da vida",
        "hard": "O que dificulta",
        "holds": "O que segura",
        "items": "Em que assenta",
        "makes_hard": "Dificulta",
        "speaks_against": "Fala contra",
        "no_evidence": "Nada anotado.",
        "view": "Por palavras suas",
        "contested": "Contestado",
        "nothing_rated": "Ainda nada conversado aqui.",
        "not_known": "Ainda não se sabe",
        "nothing_unknown": "Nada ficou em aberto.",
        "limits": "O que estas respostas não querem dizer",
    },
}

BLANK = {
    "voice": "",
    "boxes": [],
    "futures": [],
    "needs": [],
    "strengths": [],
    "intensity": {"title": "", "text": ""},
    "decisions": [],
    "map": [],
    "areas": [],
    "not_known": [],
}

PAPERS = [
    pytest.param(PLAN, PLAN_EN, id="plan-en"),
    pytest.param(PLAN, PLAN_PT, id="plan-pt"),
    pytest.param(ASSESSMENT, ASSESSMENT_EN, id="assessment-en"),
    pytest.param(ASSESSMENT, ASSESSMENT_PT, id="assessment-pt"),
]


def opened(paper: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(paper))


def letters(font: pikepdf.Object) -> dict[int, str]:
    """Which letters each glyph number of a font stands for."""
    lists = re.findall(r"beginbfchar(.*?)endbfchar", font.ToUnicode.read_bytes().decode("ascii"), re.S)
    pairs = re.findall(r"<(\w+)>\s*<(\w+)>", "".join(lists))
    return {int(glyph, 16): bytes.fromhex(text).decode("utf-16-be") for glyph, text in pairs}


def shown(page: pikepdf.Page) -> str:
    """What a page says, with no spaces: lines and columns may divide it anywhere."""
    fonts = {str(name): letters(font) for name, font in page.Resources.Font.items()}
    text, known = "", {}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            known = fonts[str(operands[0])]
        if str(operator) in {"Tj", "TJ"}:
            parts = operands[0] if str(operator) == "TJ" else operands
            codes = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
            text += "".join(
                known.get(int.from_bytes(codes[at : at + 2]), "") for at in range(0, len(codes), 2)
            )
    return squeezed(text)


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u00ad]", "", text)


def says(paper: bytes, words: str) -> bool:
    return squeezed(words) in "".join(shown(page) for page in opened(paper).pages)


def every_text(value) -> list[str]:
    """Every text somewhere inside the data of a paper."""
    if isinstance(value, str):
        return [value] if value else []
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for part in parts for text in every_text(part)]


def alternatives(paper: bytes) -> list[str]:
    """The words that stand in for pictures."""
    things = opened(paper)
    named = [thing for thing in things.objects if isinstance(thing, pikepdf.Dictionary) and "/Alt" in thing]
    return [str(thing.Alt) for thing in named]


@pytest.mark.parametrize(("template", "data"), PAPERS)
def test_a_paper_can_be_read_aloud_in_its_language(template, data):
    paper = opened(pdf(template, data, IMAGES))

    assert paper.Root.MarkInfo.Marked
    assert "/StructTreeRoot" in paper.Root
    assert str(paper.Root.Lang) == data["language"]
    assert paper.open_metadata()["pdfuaid:part"] == "1"


@pytest.mark.parametrize(("template", "data"), PAPERS)
def test_the_title_of_the_file_names_nobody(template, data):
    paper = opened(pdf(template, data, IMAGES))

    assert paper.open_metadata()["dc:title"] == data["words"]["paper"]
    assert "Milo" not in str(paper.docinfo)
    assert "Milo" not in str(paper.open_metadata())


@pytest.mark.parametrize(("template", "data"), PAPERS)
def test_everything_that_was_said_is_on_the_paper(template, data):
    paper = pdf(template, data, IMAGES)

    wanted = every_text({**data, "language": "", "words": ""})
    pictures = [*IMAGES, *alternatives(paper)]
    assert [text for text in wanted if text not in pictures and not says(paper, text)] == []


def test_the_same_words_always_give_the_same_file():
    assert pdf(PLAN, PLAN_EN) == pdf(PLAN, PLAN_EN)
    assert pdf(PLAN, PLAN_EN) != pdf(PLAN, PLAN_PT)


@pytest.mark.parametrize("data", [PLAN_EN, PLAN_PT])
def test_a_plan_names_no_programme_and_no_instrument(data):
    paper = pdf(PLAN, data)

    for name in ("R2COM", "TV-RAT", "TVRAT", "radical", "programme", "assessment"):
        assert not says(paper, name)
        assert name.lower() not in str(opened(paper).open_metadata()).lower()
    assert says(paper, "Lantern")


def test_five_goals_of_three_steps_stay_on_one_page():
    goal = PLAN_EN["goals"][0]
    steps = [
        *goal["steps"],
        {"what": "Ring the bank. If they refuse, ask for the other account.", "who": "Milo", "by": "21 Nov"},
    ]
    full = PLAN_EN | {
        "goals": [goal | {"steps": steps, "helps": ["My uncle’s sofa", "All my papers"]}] * 5,
        "stops": PLAN_EN["stops"] * 3,
        "people": PLAN_EN["people"] * 2,
        "promises": PLAN_EN["promises"] * 2,
    }

    assert len(opened(pdf(PLAN, full)).pages) == 1


def test_a_longer_plan_runs_on_and_loses_nothing():
    told = " ".join(f"word{number}" for number in range(1200))
    name = "Wolfeschlegelsteinhausenbergerdorff" * 6
    goal = {"goal": name, "helps": [told], "steps": [{"what": told, "who": name, "by": "21 Nov"}]}
    paper = pdf(PLAN, PLAN_EN | {"goals": [goal], "voice": told})

    assert len(opened(paper).pages) > 1
    assert says(paper, "word1199")
    assert says(paper, name)
    assert says(paper, PLAN_EN["end_line"])


@pytest.mark.parametrize(("template", "data"), PAPERS)
def test_a_draft_says_so_on_every_page_until_it_is_answered(template, data):
    draft = opened(pdf(template, data, IMAGES))
    answered = pdf(template, data | {"draft": False, "status_line": "Agreed."}, IMAGES)

    in_the_head_and_behind = [shown(page).count(data["draft_word"]) for page in draft.pages]
    assert min(in_the_head_and_behind) > 1
    assert not says(answered, data["draft_word"])


def test_an_assessment_says_what_it_is_on_every_page():
    pages = opened(pdf(ASSESSMENT, ASSESSMENT_EN, IMAGES)).pages

    assert len(pages) > 1
    assert all(squeezed("Open TV-RAT, 0.1") in shown(page) for page in pages)
    assert all(squeezed("does not predict.") in shown(page) for page in pages)


def test_an_assessment_opens_with_what_was_made_of_it():
    first, *rest = [shown(page) for page in opened(pdf(ASSESSMENT, ASSESSMENT_EN, IMAGES)).pages]

    assert squeezed("What matters to Milo") in first
    assert squeezed("Which way is it going?") not in first
    assert squeezed("Which way is it going?") in "".join(rest)


def test_every_mark_has_its_words():
    paper = pdf(ASSESSMENT, ASSESSMENT_EN, IMAGES)

    assert sorted(alternatives(paper)) == ["How hard now: marked", "What holds here: strong"]
    assert says(paper, "Marked")


def test_an_assessment_with_nothing_in_it_says_so():
    paper = pdf(ASSESSMENT, ASSESSMENT_EN | BLANK)

    assert says(paper, "None chosen yet.")
    assert says(paper, "Not decided yet.")
    assert says(paper, "Nothing was left open.")


def test_a_paper_can_be_bulgarian():
    paper = pdf(PLAN, PLAN_EN | {"language": "bg", "draft_word": "ЧЕРНОВА", "voice": "Своя врата и ключ."})

    assert says(paper, "ЧЕРНОВА")
    assert says(paper, "Своя врата и ключ.")
    assert opened(paper).open_metadata()["pdfuaid:part"] == "1"


def test_a_letter_without_a_font_does_not_stop_the_paper():
    paper = pdf(PLAN, PLAN_EN | {"voice": "My own door 漢"})

    assert says(paper, "My own door")
    assert opened(paper).Root.MarkInfo.Marked
    assert "pdfuaid:part" not in opened(paper).open_metadata()


def test_words_are_never_read_as_instructions():
    typed = '#read("/ui/pdf.py") *bold* $x$ <label> @mention'

    assert says(pdf(PLAN, PLAN_EN | {"voice": typed}), typed)


def test_a_fault_names_the_template_and_nobody(tmp_path):
    template = tmp_path / "broken.typ"
    template.write_text('#let data = json("data.json")\n#panic(data.title)')

    with pytest.raises(PaperFault) as fault:
        pdf(template, PLAN_EN)

    assert str(fault.value) == "broken.typ could not be printed (line 2)"
    assert fault.value.__context__ is None
