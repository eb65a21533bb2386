"""There is no artificial intelligence in here, and we say so."""

import ast
import re
from pathlib import Path

import pytest

from .scoring import listed
from .source import PACKAGE, ROOT, module, project

# Libraries of machine learning and language models, as they are installed or imported.
LEARNING = listed(
    """torch tensorflow keras jax flax sklearn scikit-learn xgboost lightgbm catboost statsmodels prophet
    transformers sentence-transformers diffusers spacy nltk gensim flair stanza fasttext openai anthropic
    cohere mistralai google-generativeai google-genai ollama llama-cpp-python vllm langchain langgraph
    llama-index litellm huggingface-hub tokenizers tiktoken onnx onnxruntime mlflow ray dspy guidance
    instructor haystack chromadb faiss pinecone weaviate-client lifelines pycaret autogluon fastai
    pytorch-lightning optuna shap boto3-bedrock replicate groq"""
)


# Run in environments of their own, where two packages are asked for a kappa to check ours. Neither is
# installed with us, and nothing else may be imported there.
ORACLES = {"oracles/peers.py": {"sklearn", "statsmodels"}, "benchmarks/agreement_peers.py": {"statsmodels"}}


def normal(name):
    return re.sub(r"[-_.]+", "-", name.split("[")[0].strip().lower())


def required():
    """The names of everything that is installed, to run and to work on."""
    for path in (ROOT / "requirements").glob("*"):
        for line in path.read_text(encoding="utf-8").splitlines():
            if found := re.match(r"[A-Za-z][\w.\-]*", line):
                yield normal(found[0])
    yield from (normal(re.split(r"[<>=~!; ]", one)[0]) for one in project()["project"]["dependencies"])


def imported():
    paths = [*PACKAGE.glob("**/*.py"), *(ROOT / "tests").glob("**/*.py")]
    return {
        normal(name) for path in paths for name in imports(module(Path(path))) if name not in excepted(path)
    }


def excepted(path):
    inside = ROOT / "tests"
    return ORACLES.get(path.relative_to(inside).as_posix(), set()) if path.is_relative_to(inside) else set()


def imports(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def test_nothing_that_learns_is_installed():
    assert set(required()) & LEARNING == set()
    assert "django" in set(required())


def test_nothing_that_learns_is_imported():
    assert imported() & LEARNING == set()
    assert "django" in imported()


def test_every_exception_for_an_oracle_is_still_needed():
    found = {place: set(imports(module(ROOT / "tests" / place))) & LEARNING for place in ORACLES}

    assert found == ORACLES


def test_an_import_in_a_function_is_found_too():
    tree = ast.parse("def guess():\n    from sklearn.linear_model import LogisticRegression")

    assert set(imports(tree)) & LEARNING == {"sklearn"}


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        (ROOT / "README.md", "no artificial intelligence"),
        (PACKAGE / "content/notices/en.md", "no artificial intelligence"),
        (PACKAGE / "content/notices/pt.md", "inteligência artificial"),
    ],
)
def test_we_say_so(path, sentence):
    assert sentence in path.read_text(encoding="utf-8")
