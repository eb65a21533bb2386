"""The command that says how far raters agree. It needs no database."""

import json
from xml.etree import ElementTree

import pytest

from r2com.config.cli import main

from . import rating_tables as tables

HEAD = "subject,rater,rating\n"
SMALL = HEAD + "a,x,1\na,y,1\nb,x,2\nb,y,1\n"


@pytest.fixture
def kept(tmp_path):
    """Write a text into a file and answer its name."""

    def keep(text, name="ratings.csv"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    return keep


def as_lines(ratings, item=""):
    """A table of ratings in long form, without its head."""
    return "".join(
        f"{item}s{subject},r{rater},{'' if rating != rating else f'{rating:g}'}\n"
        for subject, row in enumerate(ratings)
        for rater, rating in enumerate(row)
    )


def test_every_coefficient_is_one_object_for_a_program(kept, capsys):
    path = kept(HEAD + as_lines(tables.FOUR_OBSERVERS))

    assert main(["agreement", path, "--scale", "ordinal", "--json"]) == 0

    told = {one["name"]: one for one in json.loads(capsys.readouterr().out)}
    assert told["krippendorff_alpha_ordinal"] == {
        "name": "krippendorff_alpha_ordinal",
        "value": pytest.approx(0.8153875037548814, abs=1e-12),
        "low": pytest.approx(0.4982151676351359, abs=1e-9),
        "high": 1.0,
        "n_subjects": 11,
        "n_raters": 4,
        "method": "Gwet 2014, t, 95%",
    }
    assert list(told) == [
        *("per_cent_agreement", "fleiss_kappa", "conger_kappa", "gwet_ac1", "gwet_ac2"),
        "krippendorff_alpha_ordinal",
    ]


def test_an_interval_scale_has_the_correlations_too(kept, capsys):
    path = kept(HEAD + as_lines(tables.SHROUT_FLEISS))

    main(["agreement", path, "--scale", "interval", "--json"])

    told = {one["name"]: one["value"] for one in json.loads(capsys.readouterr().out)}
    assert told["ICC(2,1)"] == pytest.approx(0.2897637795)
    assert told["cronbach_alpha"] == pytest.approx(0.9093155424)


def test_a_nominal_scale_takes_words_and_has_no_correlations(kept, capsys):
    path = kept(HEAD + "a,x,yes\na,y,yes\nb,x,no\nb,y,yes\n")

    main(["agreement", path, "--json"])

    told = [one["name"] for one in json.loads(capsys.readouterr().out)]
    assert "cohen_kappa" in told
    assert not any(name.startswith(("ICC", "cronbach", "weighted")) for name in told)


def test_each_item_is_worked_out_for_itself(kept, capsys):
    path = kept(
        "item,subject,rater,rating\nG1,a,x,1\nG1,a,y,1\nG1,b,x,2\nG1,b,y,2\nG2,a,x,1\nG2,a,y,2\nG2,b,x,2\nG2,b,y,1\n"
    )

    main(["agreement", path, "--json"])

    told = {(one["item"], one["name"]): one["value"] for one in json.loads(capsys.readouterr().out)}
    assert told["G1", "cohen_kappa"] == 1
    assert told["G2", "cohen_kappa"] == -1


def test_two_subjects_and_two_raters_are_enough_with_a_warning(kept, capsys):
    assert main(["agreement", kept(SMALL)]) == 0

    assert "Only 2 subjects and 2 raters" in capsys.readouterr().out


def test_a_warning_stands_beside_json_not_in_it(kept, capsys):
    main(["agreement", kept(SMALL), "--json"])

    said = capsys.readouterr()
    json.loads(said.out)
    assert "Only 2 subjects and 2 raters" in said.err


def test_remarks_in_portuguese(kept, capsys):
    main(["agreement", kept(SMALL), "--language", "pt"])

    assert "Só 2 casos e 2 avaliadores" in capsys.readouterr().out


def test_the_same_seed_draws_the_same_interval_and_another_does_not(kept, capsys):
    path = kept(HEAD + as_lines(tables.FLEISS))

    told = []
    for seed in ("7", "7", "8"):
        main(["agreement", path, "--json", "--bootstrap", "200", "--seed", seed])
        told.append([one["low"] for one in json.loads(capsys.readouterr().out)])

    assert told[0] == told[1]
    assert told[0] != told[2]


def test_a_drawing_says_itself_in_words_and_nothing_is_overwritten(kept, tmp_path, capsys):
    path, drawing = kept(HEAD + as_lines(tables.SHROUT_FLEISS)), tmp_path / "agreement.svg"

    assert main(["agreement", path, "--scale", "interval", "--plot", str(drawing)]) == 0
    assert main(["agreement", path, "--plot", str(drawing)]) == 1

    svg = ElementTree.fromstring(drawing.read_text("utf-8"))  # noqa: S314
    name = "{http://www.w3.org/2000/svg}"
    assert svg.find(f"{name}title").text == "How far raters agree"
    assert "ICC(2,1): 0.290, between 0.019 and 0.761." in svg.find(f"{name}desc").text
    assert {one.get("fill") for one in svg.iter()} <= {None, "none", "#1d2525"}
    assert "is there already" in capsys.readouterr().err


def test_a_name_in_a_drawing_is_text(kept, tmp_path):
    path, drawing = kept("item," + HEAD + as_lines([[1, 1], [2, 1]], "<b>&,")), tmp_path / "agreement.svg"

    main(["agreement", path, "--plot", str(drawing)])

    ElementTree.fromstring(drawing.read_text("utf-8"))  # noqa: S314
    assert "<b>" not in drawing.read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "The file is empty"),
        (HEAD, "There is no rating below the first line"),
        ("subject,rating\na,1\n", "Line 1: there is no column rater"),
        ("subject,rater,rating,rating\na,x,1,1\n", "Line 1: there is more than one column rating"),
        (HEAD + "a,x,1\na,x,2\n", "Line 3: x rated a already in line 2"),
        (HEAD + "a,x,1\nb\n", "Line 3: there are only 1 cells"),
        (HEAD + "a,,1\n", "Line 2: there is no rater"),
        (HEAD + "a,x,1\na,y,1\n", "There is one subject only"),
        (HEAD + "a,x,1\nb,x,1\n", "There is one rater only"),
        (HEAD + "a,x,\na,y,\nb,x,\nb,y,\n", "There is no rating at all"),
        (HEAD + 'a,x,"1\na,y,1\n', "this is not CSV"),
        (HEAD.encode() + b"a,x,1\nb,\xff,1\n", "Line 3: this is not UTF-8"),
    ],
)
def test_a_list_that_cannot_be_read_is_refused_in_a_sentence(kept, capsys, text, said):
    assert main(["agreement", kept(text)]) == 1

    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("rating", "scale", "said"),
    [
        ("often", "ordinal", "Line 4: “often” is not a number, and the scale is ordinal"),
        ("nan", "interval", "Line 4: “nan” is not a number"),
        ("1e999", "interval", "Line 4: “1e999” is not a number"),
        ("1,5", "interval", "Line 4: “1,5” is not a number"),
        ("-1", "ratio", "there is a negative rating"),
    ],
)
def test_a_rating_that_does_not_fit_the_scale_is_refused(kept, capsys, rating, scale, said):
    path = kept(HEAD + f'a,x,1\na,y,2\nb,x,"{rating}"\nb,y,1\n')

    assert main(["agreement", path, "--scale", scale]) == 1

    assert said in capsys.readouterr().err


def test_a_file_that_is_not_there(capsys, tmp_path):
    assert main(["agreement", str(tmp_path / "nothing.csv")]) == 1

    assert "is not there" in capsys.readouterr().err


def test_too_few_draws_are_refused(kept, capsys):
    assert main(["agreement", kept(SMALL), "--bootstrap", "5"]) == 1

    assert "Draw at least 100 times" in capsys.readouterr().err


def test_a_scale_that_does_not_exist_is_a_mistake_of_use(kept):
    with pytest.raises(SystemExit) as left:
        main(["agreement", kept(SMALL), "--scale", "likert"])

    assert left.value.code == 2
