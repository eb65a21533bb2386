"""The recovery kit: two of three papers give the root key back, and nothing else does."""

from itertools import permutations

import pytest

from r2com.core.refusals import Refused
from r2com.vault import kit, root, shares

SECRET = bytes(range(32))


@pytest.fixture
def keys(tmp_path, settings):
    """A keys folder with a root key that is known."""
    settings.KEYS, settings.KEY_SERVICE = tmp_path, "file:"
    root.write(tmp_path / root.NAME, SECRET)
    return tmp_path


@pytest.fixture
def papers(keys):
    return [" ".join(share.words) for share in kit.make()]


@pytest.mark.parametrize(
    ("one", "other", "product"),
    [
        (0x57, 0x83, 0xC1),
        (0x57, 0x13, 0xFE),
        (0x57, 0x02, 0xAE),
        (0x57, 0x10, 0x07),
        (1, 0xFF, 0xFF),
        (0, 9, 0),
    ],
)
def test_the_field_multiplies_as_in_fips_197(one, other, product):
    assert shares.times(one, other) == shares.times(other, one) == product


def test_every_number_but_zero_has_an_inverse():
    assert all(shares.times(one, shares.inverse(one)) == 1 for one in range(1, 256))


def test_known_shares_lie_on_their_line():
    assert shares.on_line(b"\x00\x57", b"\x57\x57", 2) == bytes([0xAE, 0x57 ^ 0xAE])


@pytest.mark.parametrize(("at", "beside"), list(permutations([1, 2, 3], 2)))
def test_any_two_shares_give_the_secret(at, beside):
    parts = shares.split(SECRET)

    assert shares.join(parts[at - 1], at, parts[beside - 1], beside) == SECRET


def test_one_share_fits_every_secret():
    other, slopes = bytes(32), bytes(range(32, 64))
    part = shares.on_line(SECRET, slopes, 1)
    fitting = bytes(a ^ b for a, b in zip(part, other, strict=True))

    assert shares.on_line(other, fitting, 1) == part


def test_words_are_as_in_the_proposal():
    assert kit.spoken(bytes([127, 0, 0, 1])) == ["lusab", "babad"]
    assert kit.heard("lusab", 1) + kit.heard("babad", 2) == bytes([127, 0, 0, 1])


@pytest.mark.parametrize("pair", [(0, 1), (2, 0), (1, 2)])
def test_two_papers_bring_the_root_key_back(papers, keys, pair):
    (keys / root.NAME).unlink()

    assert kit.restore([papers[at] for at in pair]) is True
    assert (keys / root.NAME).read_bytes() == SECRET
    assert (keys / root.NAME).stat().st_mode & 0o777 == 0o400


def test_a_root_key_that_is_there_is_not_written_over(papers, keys):
    assert kit.restore(papers[:2]) is False
    (keys / root.NAME).unlink()
    root.make()

    with pytest.raises(Refused, match="another root key"):
        kit.restore(papers[:2])


def test_one_paper_twice_is_refused(papers):
    with pytest.raises(Refused, match="Two different papers"):
        kit.restore([papers[0], papers[0]])


def test_papers_of_different_kits_are_refused(papers, keys):
    (keys / root.NAME).unlink()
    root.make()
    other = " ".join(kit.make()[1].words)

    with pytest.raises(Refused, match="different kits"):
        kit.restore([papers[0], other])


def test_papers_of_one_key_but_two_kits_are_refused(papers, keys):
    again = " ".join(kit.make()[1].words)

    with pytest.raises(Refused, match="do not give"):
        kit.restore([papers[0], again])


def test_a_mistyped_word_is_refused(papers):
    first, *others = papers[0].split()
    wrong = " ".join([first, *others[:4], "babab" if others[4] != "babab" else "babad", *others[5:]])

    with pytest.raises(Refused, match="check words"):
        kit.read(wrong)


@pytest.mark.parametrize(
    ("paper", "says"), [("", "0 were typed"), ("lusab babad", "2 were typed"), ("xxxxx " * 21, "Word 1")]
)
def test_what_is_no_paper_is_refused(paper, says):
    with pytest.raises(Refused, match=says):
        kit.read(paper)


def test_capitals_and_hyphens_do_not_matter(papers):
    assert kit.read(papers[0].upper().replace(" ", "-")).place == 1


def test_a_key_that_stays_in_its_service_has_no_kit(settings):
    settings.KEY_SERVICE = "vault-transit:https://vault.example/transit/r2com"

    with pytest.raises(Refused, match="does not leave"):
        kit.make()
