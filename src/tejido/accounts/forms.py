"""allauth's forms in our words: labels that say what to write, no placeholder in their stead."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.webauthn import forms as passkeys
from django import forms
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Any] = {
    "login": _("E-mail"),
    "email": _("E-mail"),
    "password": _("Password"),
    "oldpassword": _("The password you have now"),
    "password1": _("New password"),
    "password2": _("The new password once more"),
    "code": _("Code"),
    "name": _("Name of this passkey"),
}
HELP: dict[str, Any] = {
    "password1": _("Eight characters or more. A sentence that only you would say is easy to remember."),
    "name": _("So that you know which one it is: “my phone”, “the school's computer”."),
    "code": _("Capitals do not matter."),
}


class PlainWords:
    """Mixed into a form of allauth: our labels and help."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = WORDS.get(name, field.label)
            field.help_text = HELP.get(name, "")
            field.widget.attrs.pop("placeholder", None)


class LoginForm(PlainWords, account.LoginForm):  # type: ignore[misc]
    def _setup_password_field(self) -> None:
        """Keep the password: accounts are opened without one, and allauth concludes that nobody has any."""


class SignupForm(PlainWords, account.SignupForm):  # type: ignore[misc]
    pass


class RequestLoginCodeForm(PlainWords, account.RequestLoginCodeForm):  # type: ignore[misc]
    pass


class ConfirmLoginCodeForm(PlainWords, account.ConfirmLoginCodeForm):  # type: ignore[misc]
    pass


class ConfirmEmailCodeForm(PlainWords, account.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    pass


class ChangeEmailForm(PlainWords, account.ChangeEmailForm):  # type: ignore[misc]
    pass


class AddEmailForm(PlainWords, account.AddEmailForm):  # type: ignore[misc]
    pass


class ChangePasswordForm(PlainWords, account.ChangePasswordForm):  # type: ignore[misc]
    pass


class SetPasswordForm(PlainWords, account.SetPasswordForm):  # type: ignore[misc]
    pass


class ResetPasswordForm(PlainWords, account.ResetPasswordForm):  # type: ignore[misc]
    pass


class ResetPasswordKeyForm(PlainWords, account.ResetPasswordKeyForm):  # type: ignore[misc]
    pass


class ReauthenticateForm(PlainWords, account.ReauthenticateForm):  # type: ignore[misc]
    pass


class AddPasskeyForm(PlainWords, passkeys.AddWebAuthnForm):  # type: ignore[misc]
    """Every key added here is a passkey: it signs in by itself."""

    passwordless = forms.BooleanField(required=False, initial=True, widget=forms.HiddenInput)


class EditPasskeyForm(PlainWords, passkeys.EditWebAuthnForm):  # type: ignore[misc]
    pass
