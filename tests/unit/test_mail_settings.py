"""From one address to Django's settings for mail."""

from r2com.config.mail import settings


def test_without_an_address_letters_stay_in_the_log():
    assert settings("")["EMAIL_BACKEND"].endswith("console.EmailBackend")


def test_an_address_is_taken_apart():
    found = settings("smtp://ines%40house:pass%2Fword@mail.example.org:2525")

    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == ("mail.example.org", 2525)
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("ines@house", "pass/word")
    assert found["EMAIL_USE_TLS"]
    assert not found["EMAIL_USE_SSL"]


def test_a_letter_to_this_machine_needs_no_encryption_and_smtps_has_it_from_the_start():
    assert not settings("smtp://localhost:25")["EMAIL_USE_TLS"]
    assert settings("smtps://mail.example.org")["EMAIL_PORT"] == 465
