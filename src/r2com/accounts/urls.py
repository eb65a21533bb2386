"""Signing in: allauth's pages under our own addresses. What is not here is not offered."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from . import views
from .demo_codes import current_codes
from .provider import offered

# Only given to the page; it is called in a demonstration alone.
CAST = {"cast": current_codes}
WAYS = CAST | {"provider": offered}

password = [
    path("", account.password_change, name="account_change_password"),
    path("forgotten/", account.password_reset, name="account_reset_password"),
    path("forgotten/sent/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("new/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("set/", RedirectView.as_view(pattern_name="account_reset_password"), name="account_set_password"),
]
second_factor = [
    path("", mfa.index, name="mfa_index"),
    path("app/", totp.activate_totp, name="mfa_activate_totp"),
    path("app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("codes/", views.RecoveryCodes.as_view(), name="mfa_view_recovery_codes"),
    path("codes/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("passkeys/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path("passkeys/add/", views.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/remove/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
]
confirm = [
    path("", account.reauthenticate, name="account_reauthenticate"),
    path("code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("passkey/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("go-on/", views.go_on, name="go_on"),
]
urlpatterns = [
    path("sign-in/", account.LoginView.as_view(extra_context=WAYS), name="account_login"),
    path("sign-in/again/", views.again, name="sign_in_again"),
    path("sign-in/passkey/", views.PasskeySignIn.as_view(), name="mfa_login_webauthn"),
    path("sign-in/provider/cancelled/", views.not_there, name="socialaccount_login_cancelled"),
    path("sign-in/provider/<slug:provider_id>/", views.there, name="openid_connect_login"),
    path("sign-in/provider/<slug:provider_id>/back/", views.back, name="openid_connect_callback"),
    path("leave/", views.leave, name="leave"),
    path("account/code/", mfa.AuthenticateView.as_view(extra_context=CAST), name="mfa_authenticate"),
    path("account/closed/", account.account_inactive, name="account_inactive"),
    path("account/sign-out/", views.SignOut.as_view(), name="account_logout"),
    path("account/sign-out/everywhere/", views.everywhere, name="sign_out_everywhere"),
    path("account/devices/", views.devices, name="devices"),
    path("account/password/", include(password)),
    path("account/second-factor/", include(second_factor)),
    path("account/confirm/", include(confirm)),
]
