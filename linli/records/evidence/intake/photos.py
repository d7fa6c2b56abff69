"""Photos are painted anew: nothing of the file that came survives except what can be seen."""

from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from linli.records.evidence.intake.refusal import refused
from linli.rules.plain.refusals import Invalid

MOST_PIXELS = 50_000_000
LONGEST_SIDE = 2560
_FORMATS = ("JPEG", "PNG", "WEBP")


def repaint(raw: bytes) -> tuple[bytes, str, str]:
    """(bytes, mime, ending) of a photo without metadata: place, camera, thumbnails and appended data are gone.

    Turned upright and at most 2560 pixels on the long side. Raises Invalid.
    """
    try:
        return _repainted(raw)
    except Invalid:
        raise
    except Image.DecompressionBombError as error:
        raise _too_large("") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, MemoryError) as error:
        raise refused(
            "这张照片打不开，可能已损坏。请重新拍照或另存为 JPG 再上传。",
            "This photo cannot be opened; it may be damaged. Please take it again or save it as JPG.",
        ) from error


def _repainted(raw: bytes) -> tuple[bytes, str, str]:
    with Image.open(BytesIO(raw), formats=_FORMATS) as photo:
        width, height = photo.size
        if width * height > MOST_PIXELS:
            raise _too_large(f"{width}×{height}")
        drawing = photo.format == "PNG"
        photo.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(photo)
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        return _written(_flat(upright), drawing)


def _too_large(size: str) -> Invalid:
    return refused(
        f"照片太大{f'（{size}）' if size else ''}，最多 5000 万像素。请缩小后再上传。",
        f"The photo is too large{f' ({size})' if size else ''}: at most 50 million pixels. Please make it smaller.",
    )


def _flat(photo: Image.Image) -> Image.Image:
    """RGB on white, in a fresh canvas that carries no metadata."""
    canvas = Image.new("RGB", photo.size, "white")
    if photo.mode in ("RGBA", "LA", "PA") or "transparency" in photo.info:
        with_alpha = photo.convert("RGBA")
        canvas.paste(with_alpha, mask=with_alpha.getchannel("A"))
    else:
        canvas.paste(photo.convert("RGB"))
    return canvas


def _written(canvas: Image.Image, drawing: bool) -> tuple[bytes, str, str]:
    out = BytesIO()
    if drawing:
        canvas.save(out, "PNG", optimize=True)
        return out.getvalue(), "image/png", "png"
    canvas.save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue(), "image/jpeg", "jpg"
