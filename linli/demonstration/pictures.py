"""Small drawn pictures instead of photos, each marked 演示: nobody can take them for a real place."""

from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

_SIZE = (640, 400)
_MARK = "演示"


@cache
def _type(size: int) -> ImageFont.FreeTypeFont:
    """The type that is installed with the libraries."""
    spec = find_spec("notojp_matplotlib")
    assert spec is not None and spec.origin is not None, "install requirements/fonts.txt"
    font = next(iter(sorted((Path(spec.origin).parent / "fonts").glob("*.[ot]tf"))))
    return ImageFont.truetype(str(font), size)


def picture(name: str, seed: int, *, bright: bool = True) -> SimpleUploadedFile:
    """A street with houses, by day or at night."""
    random = Random(f"{name}/{seed}")
    canvas = Image.new("RGB", _SIZE, (222, 232, 236) if bright else (44, 50, 66))
    draw = ImageDraw.Draw(canvas)
    ground = 300
    draw.rectangle((0, ground, *_SIZE), fill=(196, 190, 178) if bright else (60, 60, 66))
    left = 0
    while left < _SIZE[0]:
        wide, high = random.randint(60, 130), random.randint(90, 230)
        shade = random.randint(150, 205) if bright else random.randint(70, 95)
        draw.rectangle((left, ground - high, left + wide, ground), fill=(shade, shade - 6, shade - 14))
        left += wide + random.randint(4, 18)
    if not bright:
        for lamp in range(80, _SIZE[0], 160):
            draw.line((lamp, ground, lamp, ground - 120), fill=(30, 30, 34), width=4)
            draw.ellipse((lamp - 14, ground - 140, lamp + 14, ground - 112), fill=(250, 226, 150))
    draw.text((24, 320), _MARK, font=_type(44), fill=(178, 52, 30))
    draw.text((140, 336), f"No. {seed}", font=_type(24), fill=(90, 90, 90))
    out = BytesIO()
    canvas.save(out, "JPEG", quality=70)
    return SimpleUploadedFile(f"{_MARK}-{name}.jpg", out.getvalue(), content_type="image/jpeg")
