"""Sentences with values read as Django's own tag writes them, whatever is missing."""

import pytest
from django.template import Context, Engine
from django.utils.safestring import SafeString
from django.utils.translation import override

_OURS, _DJANGO = "linli.web.shared.templatetags.linli", "django.templatetags.i18n"
_SENTENCES = (
    "{% blocktranslate with who=name %}下一步：{{ who }}{% endblocktranslate %}",
    "{% blocktranslate with n=many %}看全部 {{ n }} 条{% endblocktranslate %}",
    "{% blocktranslate count n=many %}已逾期 {{ n }} 天{% plural %}已逾期 {{ n }} 天{% endblocktranslate %}",
    "{% blocktranslate count n=one %}已逾期 {{ n }} 天{% plural %}已逾期 {{ n }} 天{% endblocktranslate %}",
    "{% blocktranslate with a=name b=many c=nobody %}同意 {{ a }}，反对 {{ b }}，弃权 {{ c }}{% endblocktranslate %}",
    "{% blocktranslate %}按规则版本 {{ name }} 办理{% endblocktranslate %}",
    "{% blocktranslate %}百分之 100% 的 {{ nobody }}{% endblocktranslate %}",
    "{% blocktranslate with n=none %}看全部 {{ n }} 条{% endblocktranslate %}",
)
_VALUES = {"name": "<b>张三</b>", "marked": SafeString("<b>张三</b>"), "many": 3, "one": 1, "none": None}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("sentence", _SENTENCES)
def test_a_sentence_with_values_is_written_as_django_writes_it(sentence: str, language: str) -> None:
    ours, django = (Engine(builtins=[tags]).from_string(sentence) for tags in (_OURS, _DJANGO))
    with override(language):
        assert ours.render(Context(_VALUES)) == django.render(Context(_VALUES))
        assert ours.render(Context(_VALUES)) == django.render(Context(_VALUES))


def test_a_list_to_choose_from_marks_the_chosen_and_trusts_no_word() -> None:
    page = Engine(builtins=[_OURS]).from_string("{% options choices chosen %}")
    choices = [("a", "<i>甲</i>"), ('"b', SafeString("<i>乙</i>"))]
    assert page.render(Context({"choices": choices, "chosen": "a"})) == (
        '<option value="a" selected>&lt;i&gt;甲&lt;/i&gt;</option><option value="&quot;b">&lt;i&gt;乙&lt;/i&gt;</option>'
    )
