"""Rules that wait for each other: phones refuse such forms, and no order of working them out is right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tejido_forms.definition import Node


def circle(root: Node) -> tuple[str, ...]:
    """Paths that wait for each other through relevance and calculation, the first one again at the end; () where none do.

    Whether a group applies decides over all that is in it. A value that looks at itself only (`once`) is no circle.
    Cost: nodes plus the paths that their rules name.
    """
    waits = {node.path: sorted(_waits_for(node)) for node in root.walk()}
    for node in root.walk():
        for child in node.children:
            waits[child.path].append(node.path)
    return _first_circle(waits)


def _waits_for(node: Node) -> Iterator[str]:
    for rule in (node.relevant, node.calculate):
        if rule is not None:
            yield from (path for path in rule.paths if path != node.path)


def _first_circle(waits: Mapping[str, list[str]]) -> tuple[str, ...]:
    """Depth first, without recursion: a form may be long."""
    done: set[str] = set()
    for start in waits:
        if start in done:
            continue
        trail: list[str] = [start]
        open_: list[Iterator[str]] = [iter(waits[start])]
        on_trail = {start}
        while open_:
            following = next((path for path in open_[-1] if path in waits and path not in done), None)
            if following is None:
                open_.pop()
                done.add(last := trail.pop())
                on_trail.discard(last)
            elif following in on_trail:
                return (*trail[trail.index(following) :], following)
            else:
                trail.append(following)
                on_trail.add(following)
                open_.append(iter(waits[following]))
    return ()
