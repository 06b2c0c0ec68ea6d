"""From an XForm, as pyxform makes it or Kobo and Central export it, to a `FormDefinition`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from tejido_forms.circles import circle
from tejido_forms.controls import Control, controls_of
from tejido_forms.definition import Choice, FormDefinition, Itemset, Kind, Node, Text
from tejido_forms.expressions import Expression, ExpressionProblem, compile_expression, names_in_predicates
from tejido_forms.lists import filled, list_from_file, plain_copy
from tejido_forms.problems import FormRefused, Problem
from tejido_forms.texts import TextReader
from tejido_forms.tokens import tokens
from tejido_forms.xml import Element, UnsafeXml, local, parse

JR: Final = "{http://openrosa.org/javarosa}"
RULES: Final = ("relevant", "required", "constraint", "calculate", "readonly")
MOST_XFORM_BYTES: Final = 20 * 1024 * 1024


def compile_form(xform: bytes, files: Mapping[str, bytes] | None = None) -> FormDefinition:
    """The definition in `xform`; `files` are the lists it needs, name -> content (CSV, XML, GeoJSON).

    Raises FormRefused with every problem that refuses it; those that only warn are in `FormDefinition.problems`.
    """
    try:
        document = parse(xform, most_bytes=MOST_XFORM_BYTES)
    except UnsafeXml as error:
        raise FormRefused([Problem(error.code, detail={"limit": MOST_XFORM_BYTES})]) from error
    return _Compiler(document, xform, files or {}).definition()


@dataclass
class _Compiler:
    document: Element
    xform: bytes
    files: Mapping[str, bytes]
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        model = next((one for one in self.document.iter("{*}model")), None)
        primary = None if model is None else next((one for one in model if local(one) == "instance"), None)
        if model is None or primary is None or not len(primary):
            raise FormRefused([Problem("not_an_xform")])
        self.model, self.answer = model, primary[0]
        self.instances = self._instances()
        self.reader = TextReader(model, self.expression)
        self.binds = {
            _path(one.get("nodeset") or one.get("ref") or ""): one for one in model if local(one) == "bind"
        }
        body = next((one for one in self.document.iter("{*}body")), None)
        self.controls: Mapping[str, Control] = (
            {} if body is None else controls_of(body, "/" + local(self.answer))
        )

    def definition(self) -> FormDefinition:
        root = self._node(self.answer, "/" + local(self.answer))
        form_id = (
            self.answer.get("id") or self.answer.get("xmlns") or etree.QName(self.answer).namespace or ""
        )
        if not form_id:
            self.problems.append(Problem("no_form_id"))
        nodes = [node for child in root.children for node in child.walk()]
        if not any(node.kind == "question" for node in nodes):
            self.problems.append(Problem("no_questions"))
        by_path = {root.path: root, **{node.path: node for node in nodes}}
        actions = list(self.document.iter("{*}setvalue"))
        first = tuple(found for one in actions if (found := self._first_value(one)) is not None)
        self._check_paths(by_path)
        self._check_circles(root)
        refused = [problem for problem in self.problems if problem.weight == "refused"]
        if refused:
            raise FormRefused(refused)
        return FormDefinition(
            form_id=form_id,
            version=self.answer.get("version") or self.answer.get(f"{JR}version") or "",
            title=next((one.text or "" for one in self.document.iter("{*}title")), "").strip(),
            languages=self.reader.languages,
            root=root,
            namespace=etree.QName(self.answer).namespace or "",
            instances=self.instances,
            files=tuple(sorted({*self._file_lists(), *self.reader.files})),
            first_values=first,
            watches=any("xforms-value-changed" in (one.get("event") or "") for one in actions),
            problems=tuple(self.problems),
            xform=self.xform,
            by_path=by_path,
            texts=self.reader.texts,
        )

    # Nodes

    def _node(self, element: Element, path: str) -> Node:
        children: dict[str, Node] = {}
        for child in element:
            name = local(child)
            if name not in children:  # a repeat stands there twice: its template and its first
                children[name] = self._node(child, f"{path}/{name}")
        bind = self.binds.get(path)
        control = self.controls.get(path)
        tag = control.tag if control else ""
        kind: Kind = "question"
        if tag == "repeat":
            kind = "repeat"
        elif children or tag == "group" or (bind is None and not tag):
            kind = "group" if children or tag == "group" else "hidden"
        elif not tag:
            kind = "hidden"
        node = Node(
            path=path,
            name=local(element),
            kind=kind,
            type=_type(bind, tag),
            default=(element.text or "").strip() if not children else "",
            constraint_message=self._message(bind, "constraintMsg"),
            required_message=self._message(bind, "requiredMsg"),
            preload=_attribute(bind, "preload"),
            preload_params=_attribute(bind, "preloadParams"),
            children=tuple(children.values()),
            relevant=self._rule(bind, "relevant", path),
            required=self._rule(bind, "required", path),
            constraint=self._rule(bind, "constraint", path),
            calculate=self._rule(bind, "calculate", path),
            readonly=self._rule(bind, "readonly", path),
        )
        return self._asked(node, control) if control else node

    def _asked(self, node: Node, control: Control) -> Node:
        from dataclasses import replace

        element = control.element
        itemset = self._itemset(element, node.name)
        count = control.count
        return replace(
            node,
            control="" if node.kind in {"group", "repeat"} else control.tag,
            appearance=control.appearance,
            label=self.reader.under(control.labelled, "label"),
            hint=self.reader.under(control.labelled, "hint"),
            choices=self._choices(element, itemset),
            itemset=itemset,
            mediatype=element.get("mediatype") or "",
            start=_float(element.get("start")),
            end=_float(element.get("end")),
            step=_float(element.get("step")),
            count=self.expression(count, "repeat_count", node.name) if count else None,
        )

    def _rule(self, bind: Element | None, rule: str, path: str) -> Expression | None:
        source = "" if bind is None else (bind.get(rule) or "").strip()
        if not source or (source == "false()" and rule in {"required", "readonly"}):
            return None
        return self.expression(source, rule, path.rpartition("/")[2])

    def expression(self, source: str, column: str, name: str) -> Expression | None:
        """The expression compiled; where that fails the problem is noted and there is none."""
        try:
            compiled = compile_expression(source)
        except ExpressionProblem as error:
            self.problems.append(error.at(source, column, name))
            return None
        if "instance" in compiled.functions:
            self._fill_lists(source)
        for pattern in _loose_patterns(source):
            detail = {"pattern": pattern[:80]}
            self.problems.append(
                Problem("regex_part", column=column, name=name, detail=detail, weight="warning")
            )
        return compiled

    def _fill_lists(self, source: str) -> None:
        """An item without a cell holds an empty one, as on phones: in plain XPath nothing would be equal to it."""
        cut = tokens(source)
        for token in cut:
            if token.kind == "literal" and token.text[1:-1] in self.instances:
                filled(self.instances[token.text[1:-1]], names_in_predicates(cut))

    def _message(self, bind: Element | None, name: str) -> Text:
        source = _attribute(bind, name)
        return self.reader.said(source) if source else Text()

    # Choices

    def _itemset(self, element: Element, name: str) -> Itemset | None:
        found = next((one for one in element if local(one) == "itemset"), None)
        if found is None:
            return None
        source = found.get("nodeset") or ""
        nodeset = self.expression(source, "choice_filter" if "[" in source else "type", name)
        refs = {local(one): (one.get("ref") or "").strip() for one in found}
        label = refs.get("label", "label")
        is_text = label.startswith("jr:itext(")
        if nodeset is None:
            return None
        lists = [token.text.strip("'\"") for token in tokens(source) if token.kind == "literal"]
        return Itemset(
            list_id=lists[0] if "instance" in nodeset.functions and lists else "",
            nodeset=nodeset,
            value=refs.get("value", "name") or "name",
            label=label[len("jr:itext(") : -1].strip() if is_text else label,
            label_is_text=is_text,
            filtered="[" in source or "instance" not in nodeset.functions,
            shuffled="randomize" in nodeset.functions,
        )

    def _choices(self, element: Element, itemset: Itemset | None) -> tuple[Choice, ...]:
        if itemset is not None and itemset.list_id in self.instances:
            items = self.instances[itemset.list_id].iter("item")
            return tuple(self.reader.choice(item, itemset) for item in items)
        return tuple(
            Choice((one.findtext("{*}value") or "").strip(), self.reader.under(one, "label"))
            for one in element
            if local(one) == "item"
        )

    def _instances(self) -> dict[str, Element]:
        found: dict[str, Element] = {}
        for one in self.model:
            name = one.get("id")
            if local(one) != "instance" or not name:
                continue
            if len(one):
                found[name] = plain_copy(one)
            elif (file := _file_name(one.get("src") or "")) in self.files:
                found[name] = list_from_file(file, self.files[file])
            else:
                detail = {"file": file}
                self.problems.append(Problem("missing_file", name=name, detail=detail, weight="warning"))
        return found

    def _file_lists(self) -> set[str]:
        sources = [one.get("src") or "" for one in self.model if local(one) == "instance"]
        return {_file_name(source) for source in sources if source}

    # Actions and paths

    def _first_value(self, action: Element) -> tuple[str, Expression] | None:
        if not {"odk-instance-first-load", "xforms-ready"} & set((action.get("event") or "").split()):
            return None
        path, source = _path(action.get("ref") or action.get("bind") or ""), action.get("value") or ""
        value = self.expression(source or repr(action.text or ""), "default", path.rpartition("/")[2])
        return None if value is None else (path, value)

    def _check_paths(self, by_path: Mapping[str, Node]) -> None:
        for node in by_path.values():
            for column, rule in ((name, getattr(node, name)) for name in RULES):
                for path in sorted(rule.paths if rule else ()):
                    if path not in by_path:
                        detail = {"path": path, "expression": rule.source[:200]}
                        self.problems.append(
                            Problem("unknown_path", column=column, name=node.name, detail=detail)
                        )

    def _check_circles(self, root: Node) -> None:
        waiting = circle(root)
        if waiting:
            names = [path.rpartition("/")[2] for path in waiting]
            detail = {"circle": " → ".join(names)[:300]}
            self.problems.append(Problem("circular", column="relevant", name=names[0], detail=detail))


def _path(text: str) -> str:
    """A path without namespace prefixes: "/data/orx:meta/x" is "/data/meta/x"."""
    return "/".join(step.rpartition(":")[2] for step in text.strip().split("/"))


def _attribute(bind: Element | None, name: str) -> str:
    return "" if bind is None else (bind.get(JR + name) or "")


def _type(bind: Element | None, tag: str) -> str:
    said = "" if bind is None else (bind.get("type") or "")
    name = said if said.startswith("odk:") else said.rpartition(":")[2]
    if tag in {"select1", "select"} and name in {"", "string", "select1", "select"}:
        return tag
    return {"": "string", "integer": "int", "double": "decimal", "float": "decimal"}.get(name, name)


def _float(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None


def _file_name(source: str) -> str:
    return source.rpartition("/")[2]


def _loose_patterns(source: str) -> list[str]:
    """Patterns of regex() that browsers and phones understand differently: without ^ and $."""
    from tejido_forms.expressions import written_patterns

    return [
        text for text in written_patterns(tokens(source)) if not (text.startswith("^") and text.endswith("$"))
    ]
