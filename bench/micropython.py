"""The estimator's source, rewritten for MicroPython.

MicroPython has no dataclasses, its mappings forget their order, and its parser and library lack some of what the estimator uses.
So the source is rewritten by CPython's own ``ast``, and bench/stand_ins/ holds what the library lacks. Points are counted by the
estimator's own functions; tests/test_micropython.py holds the answers equal, byte by byte.

What is lost: frozen classes can be written to, ``zip`` does not insist on equal lengths, and what ``ABSENT`` names raises when
it is called, so that paths, materials and rosters do not work. bench/stand_ins/json.py and re.py name the rest.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STAND_INS = Path(__file__).resolve().parent / "stand_ins"
#: Modules that only say types.
TYPES = {"__future__", "typing", "collections.abc"}
#: Modules with a file of their own in bench/stand_ins/.
PRESENT = {path.stem for path in STAND_INS.glob("*.py")} - {"plain"}
#: Modules that are imported and not reached by ``load`` and ``score``.
ABSENT = {"bisect", "csv", "itertools"}


def sources(package: Path = ROOT / "estimator", entry: str = "entry") -> dict[str, str]:
    """File name → text of all that MicroPython needs: the modules that ``entry`` imports, rewritten, and the stand-ins."""
    trees: dict[str, ast.Module] = {}
    waiting = ["__init__", entry]
    while waiting:
        name = waiting.pop()
        if name not in trees:
            trees[name] = ast.parse((package / f"{name}.py").read_text(encoding="utf-8"))
            waiting += sorted(
                node.module
                for node in ast.walk(trees[name])
                if isinstance(node, ast.ImportFrom) and node.level and node.module
            )
    open_ended = {
        node.name
        for tree in trees.values()
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.args.kwarg
    }
    out = {f"{package.name}/{name}.py": rewritten(tree, open_ended) for name, tree in sorted(trees.items())}
    for path in sorted(STAND_INS.glob("*.py")):
        tree = _Bare().visit(ast.parse(path.read_text(encoding="utf-8")))
        out[f"stand_ins/{path.name}"] = ast.unparse(ast.fix_missing_locations(tree))
    return out


def rewritten(tree: ast.Module, open_ended: set[str]) -> str:
    """A module's text for MicroPython. ``open_ended`` names the functions that take any keyword (``**parameters``)."""
    rewriter = _Rewriter(open_ended)
    tree = rewriter.visit(tree)
    if rewriter.helpers:
        names = [ast.alias(name) for name in sorted(rewriter.helpers)]
        tree.body.insert(0, ast.ImportFrom("stand_ins.plain", names, 0))
    return ast.unparse(ast.fix_missing_locations(tree))


class _Bare(ast.NodeTransformer):
    """Takes out docstrings and types, as a minifier would."""

    def visit(self, node: ast.AST) -> ast.AST:
        body = getattr(node, "body", None)
        if (
            isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
            and body
            and ast.get_docstring(node) is not None
        ):
            del node.body[0]
        found = super().visit(node)
        if isinstance(found, ast.ClassDef | ast.FunctionDef) and not found.body:
            found.body.append(ast.Pass())
        return found

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        return self.generic_visit(node)

    def visit_arg(self, node: ast.arg) -> ast.AST:
        return ast.arg(node.arg)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST | None:
        return None if node.value is None else ast.Assign([node.target], self.visit(node.value))


@dataclass(frozen=True)
class _Field:
    """One field of a dataclass, as the rewritten class needs it: texts of Python, and whether the caller gives it."""

    name: str
    default: str
    value: str
    given: bool


class _Rewriter(_Bare):
    def __init__(self, open_ended: set[str]):
        self.open_ended = open_ended
        #: Names of stand_ins/plain.py that the module needs.
        self.helpers: set[str] = set()
        self.fields: dict[str, list[_Field]] = {}
        #: Names that only say types, and the module's own classes.
        self.types = {"dict", "frozenset", "list", "set", "tuple"}
        self.classes: set[str] = set()

    def help(self, name: str, *arguments: ast.expr) -> ast.Call:
        """A call of a function of stand_ins/plain.py."""
        self.helpers.add(name)
        return ast.Call(ast.Name(name), list(arguments), [])

    # --- imports -------------------------------------------------------------------------------------------------------

    def visit_Import(self, node: ast.Import) -> list[ast.stmt]:
        out: list[ast.stmt] = []
        for alias in node.names:
            if alias.name in PRESENT:
                out.append(ast.ImportFrom("stand_ins", [alias], 0))
            elif alias.name in ABSENT:
                out.append(ast.Assign([ast.Name(alias.name)], self.help("absent", ast.Constant(alias.name))))
            else:
                out.append(ast.Import([alias]))
        return out

    def visit_ImportFrom(self, node: ast.ImportFrom) -> list[ast.stmt]:
        if node.level:
            return [node]
        if node.module in TYPES:
            return []
        if node.module == "dataclasses":
            self.helpers |= {alias.name for alias in node.names} & {"replace"}
            return []
        if node.module in ABSENT:
            return [
                ast.Assign([ast.Name(alias.name)], self.help("absent", ast.Constant(f"{node.module}.{alias.name}")))
                for alias in node.names
            ]
        return [ast.ImportFrom(f"stand_ins.{node.module}" if node.module in PRESENT else node.module, node.names, 0)]

    def visit_If(self, node: ast.If) -> ast.AST | None:
        if isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            return None
        return self.generic_visit(node)

    # --- types and classes ---------------------------------------------------------------------------------------------

    def visit_Module(self, node: ast.Module) -> ast.AST:
        self.classes = {statement.name for statement in node.body if isinstance(statement, ast.ClassDef)}
        for statement in node.body:
            if isinstance(statement, ast.ImportFrom) and statement.module in TYPES:
                self.types |= {alias.name for alias in statement.names}
            elif isinstance(statement, ast.Assign) and self._says_a_type(statement.value):
                # The name stays: another module may import it.
                statement.value = ast.Constant(None)
        return self.generic_visit(node)

    def _says_a_type(self, value: ast.expr) -> bool:
        if isinstance(value, ast.BinOp):
            return all(isinstance(part, ast.Name) and part.id in self.classes for part in _union(value))
        if isinstance(value, ast.Call):
            return ast.unparse(value.func) == "TypeVar"
        return isinstance(value, ast.Subscript) and ast.unparse(value.value) in self.types

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        node.bases = [base for base in node.bases if not isinstance(base, ast.Subscript)]
        marks = [ast.unparse(mark) for mark in node.decorator_list]
        if not any(mark.startswith("dataclass") for mark in marks):
            return self.generic_visit(node)
        if marks != ["dataclass(frozen=True)"]:
            raise NotImplementedError(f"{node.name}: {marks}")
        node.decorator_list = []
        fields = [field for base in node.bases for field in self.fields.get(ast.unparse(base), [])]
        for part in node.body:
            if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name):
                fields.append(self._field(part.target.id, part.value))
        self.fields[node.name] = fields
        if not node.bases:
            self.helpers.add("Data")
            node.bases = [ast.Name("Data")]
        node.body = [part for part in node.body if not isinstance(part, ast.AnnAssign)]
        given = [field for field in fields if field.given]
        lines = [f"def __init__({', '.join(['self', *(field.name + field.default for field in given)])}):"]
        lines += [f"    self.{field.name} = {field.value}" for field in fields]
        if any(isinstance(part, ast.FunctionDef) and part.name == "__post_init__" for part in node.body):
            lines.append("    self.__post_init__()")
        names = f"__fields__ = {tuple(field.name for field in given)}"
        found = self.generic_visit(node)
        made = ast.parse("\n".join([names, *lines] if fields else [names])).body
        node.body = [*made, *(part for part in node.body if not isinstance(part, ast.Pass))]
        return found

    def _field(self, name: str, value: ast.expr | None) -> _Field:
        if value is None:
            return _Field(name, "", name, True)
        if not (isinstance(value, ast.Call) and ast.unparse(value.func) == "field"):
            return _Field(name, f"={ast.unparse(self.visit(value))}", name, True)
        options = {option.arg: ast.unparse(option.value) for option in value.keywords}
        if not options.items() <= {("default_factory", "dict"), ("init", "False")}:
            raise NotImplementedError(f"{name}: {ast.unparse(value)}")
        self.helpers.add("OrderedDict")
        if "init" in options:
            return _Field(name, "", "OrderedDict()", False)
        return _Field(name, "=...", f"OrderedDict() if {name} is ... else {name}", True)

    # --- functions and calls -------------------------------------------------------------------------------------------

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        if node.args.kwarg is not None:
            # MicroPython forgets in which order keywords came: they arrive as one mapping.
            node.args.args.append(node.args.kwarg)
            node.args.defaults.append(ast.Tuple([]))
            node.args.kwarg = None
        return super().visit_FunctionDef(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        name = ast.unparse(node.func)
        if name in self.open_ended and node.keywords:
            pairs = [ast.Tuple([ast.Constant(word.arg), word.value]) for word in node.keywords]
            node.args.append(self.help("OrderedDict", ast.Tuple(list(pairs))))
            node.keywords = []
        elif name == "isinstance":
            node.args[1] = self._classes(node.args[1])
        elif name == "dict":
            self.helpers.add("OrderedDict")
            node.func = ast.Name("OrderedDict")
        elif name == "dict.fromkeys":
            return self.help("fromkeys", *node.args)
        elif name == "zip":
            node.keywords = []
        elif isinstance(node.func, ast.Attribute) and node.func.attr == "isascii":
            return self.help("isascii", node.func.value)
        return node

    def _classes(self, said: ast.expr) -> ast.expr:
        """The second argument of ``isinstance``: a tuple instead of a union, and yes and no are numbers."""
        parts = _union(said)
        if any(isinstance(part, ast.Name) and part.id == "int" for part in parts):
            parts.append(ast.Name("bool"))
        return ast.Tuple(parts) if len(parts) > 1 else said

    # --- displays ------------------------------------------------------------------------------------------------------

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        """``"…".format(…)``: the parser knows no f-string within another."""
        text, values = "", []
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                form = _form(part.format_spec) if part.format_spec is not None else ""
                text += "{" + (f"!{chr(part.conversion)}" if part.conversion > 0 else "") + (form and f":{form}") + "}"
                values.append(self.visit(part.value))
            elif isinstance(part, ast.Constant):
                text += part.value.replace("{", "{{").replace("}", "}}")
        return ast.Call(ast.Attribute(ast.Constant(text), "format"), values, [])

    def visit_Dict(self, node: ast.Dict) -> ast.AST:
        self.generic_visit(node)
        parts: list[ast.expr] = []
        pairs: list[ast.expr] = []
        for key, value in [*zip(node.keys, node.values, strict=True), (None, None)]:
            if key is not None and value is not None:
                pairs.append(ast.Tuple([key, value]))
                continue
            if pairs:
                parts.append(self.help("OrderedDict", ast.Tuple(pairs)))
                pairs = []
            if value is not None:
                parts.append(value)
        if None in node.keys:
            return self.help("merged", *parts)
        return parts[0] if parts else self.help("OrderedDict")

    def visit_DictComp(self, node: ast.DictComp) -> ast.AST:
        self.generic_visit(node)
        return self.help("OrderedDict", ast.ListComp(ast.Tuple([node.key, node.value]), node.generators))

    def _joined(self, node: ast.Tuple | ast.List | ast.Set) -> ast.AST:
        """``(*a, b)`` as ``tuple(a) + (b,)``."""
        self.generic_visit(node)
        stored = isinstance(getattr(node, "ctx", None), ast.Store)
        if stored or not any(isinstance(part, ast.Starred) for part in node.elts):
            return node
        kind = type(node)
        parts: list[ast.expr] = []
        for part in node.elts:
            if isinstance(part, ast.Starred):
                parts.append(ast.Call(ast.Name(kind.__name__.lower()), [part.value], []))
            elif parts and isinstance(parts[-1], kind):
                parts[-1].elts.append(part)
            else:
                parts.append(kind([part]))
        whole = parts[0]
        for part in parts[1:]:
            whole = ast.BinOp(whole, ast.BitOr() if kind is ast.Set else ast.Add(), part)
        return whole

    visit_Tuple = visit_List = visit_Set = _joined

    # --- keys as sets --------------------------------------------------------------------------------------------------

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        node.left, node.comparators = _as_set(node.left), list(map(_as_set, node.comparators))
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        node.left, node.right = _as_set(node.left), _as_set(node.right)
        return node

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        self.generic_visit(node)
        node.value = _as_set(node.value)
        return node


def _form(spec: ast.expr) -> str:
    """``04`` of ``{month:04}``. One that hangs on values is no text, and raises; the estimator has none."""
    (only,) = spec.values if isinstance(spec, ast.JoinedStr) else (spec,)
    return str(ast.literal_eval(only))


def _union(said: ast.expr) -> list[ast.expr]:
    """The parts of ``A | B``."""
    if isinstance(said, ast.BinOp) and isinstance(said.op, ast.BitOr):
        return [*_union(said.left), *_union(said.right)]
    return [said]


def _as_set(value: ast.expr) -> ast.expr:
    """``set(x.keys())`` for ``x.keys()``: views are no sets there."""
    asked = isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr == "keys"
    return ast.Call(ast.Name("set"), [value], []) if asked else value
