"""What the tag {% field %} and the error summary need to know about a form."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm, BoundField, CheckboxInput, Textarea


def field_context(field: BoundField) -> dict[str, Any]:
    """Variables of web/components/field.html: the control told what describes it and what is wrong."""
    widget = field.field.widget
    group = widget.use_fieldset and not isinstance(widget, CheckboxInput)
    help_id, wrong_id = f"{field.auto_id}_help", f"{field.auto_id}_wrong"
    described = " ".join([*([help_id] if field.help_text else []), *([wrong_id] if field.errors else [])])
    attributes: dict[str, Any] = {"aria-describedby": described} if described and not group else {}
    if isinstance(widget, Textarea) and widget.attrs.get("rows") == "10":
        attributes["rows"] = 4  # Django's own ten are a whole screen of a phone
    one_box = isinstance(widget, CheckboxInput)
    sometimes = getattr(
        field.form, "needed_sometimes", ()
    )  # needed with some answers: its help says with which
    return {
        "field": field,
        "control": field.as_widget(attrs=attributes),
        "group": group,
        "one_box": one_box,
        "optional": not field.field.required and not one_box and field.name not in sometimes,
        "described": described,
        "help_id": help_id,
        "wrong_id": wrong_id,
    }


def problems_of(form: BaseForm) -> list[tuple[str, str, str]]:
    """(id to go to, label, sentence) for each error of a bound form; id and label are empty for the form's own."""
    found: list[tuple[str, str, str]] = [("", "", str(sentence)) for sentence in form.non_field_errors()]
    for name in form.fields:  # in the order of the page; what is checked together is found last
        sentences = form.errors.get(name, ())
        field = form[name]
        first_choice = f"{field.auto_id}_0"
        target = first_choice if field.field.widget.use_fieldset else field.id_for_label
        found += [(target, str(field.label), str(sentence)) for sentence in sentences]
    return found
