"""Draws pictures of the kinds that customers send, to learn and to test what a picture is for.

    pip install pillow numpy
    python draw_routing.py ../tests/routing --seed 2026 --each 16

Payments: M-Pesa messages in light and dark, the app's green screen, bank and till slips. Other: chats, letters, web
pages, notes, scenery, dark photos. Fabric: repeated prints, stripes, checks, weaves, seen flat, folded or at an angle.
Everything is drawn here; names, numbers and codes are invented.
"""

import argparse
import math
import pathlib
import random

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

FONTS = "/usr/share/fonts/truetype/dejavu/"
NAMES = ["ZURI COLLECTION", "TEMBO BOUTIQUE", "JANE WANJIKU", "BRIAN OTIENO", "AMINA HASSAN", "MAMA NJERI SHOP"]
WORDS = (
    "sawa basi nitakuja kesho asubuhi na gari ya kwanza please remember the keys we meet at the stage before noon "
    "mama said the meeting moved to friday bring your laptop and the report thank you so much see you there leo jioni "
    "tutaonana kwa duka la juu karibu na benki the committee agreed that every member will receive a copy of minutes"
).split()


def font(size, bold=False, serif=False, mono=False):
    family = "DejaVuSerif" if serif else "DejaVuSansMono" if mono else "DejaVuSans"
    return ImageFont.truetype(f"{FONTS}{family}{'-Bold' if bold else ''}.ttf", size)


def wrap(draw, text, face, width):
    lines, line = [], ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if draw.textlength(longer, font=face) > width and line:
            lines.append(line)
            line = word
        else:
            line = longer
    return lines + [line]


def code(r):
    return "S" + "".join(r.choice("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789") for _ in range(9))


def amount(r):
    return f"{r.randint(3, 120) * 50:,}.00"


def mpesa_text(r):
    day = f"{r.randint(1, 28)}/{r.randint(1, 12)}/26 at {r.randint(1, 12)}:{r.randint(0, 59):02d} {r.choice(['AM', 'PM'])}"
    phone = f"07{r.randint(10, 99)}{r.randint(100000, 999999)}"
    return r.choice([
        f"{code(r)} Confirmed. Ksh{amount(r)} sent to {r.choice(NAMES)} {phone} on {day}. New M-PESA balance is "
        f"Ksh{amount(r)}. Transaction cost, Ksh{r.randint(7, 90)}.00. Amount you can transact within the day is 499,000.00.",
        f"{code(r)} Confirmed. Ksh{amount(r)} paid to {r.choice(NAMES)}. on {day}. New M-PESA balance is Ksh{amount(r)}. "
        f"Transaction cost, Ksh0.00.",
        f"{code(r)} Imethibitishwa. Ksh{amount(r)} imetumwa kwa {r.choice(NAMES)} tarehe {day}. Baki yako ni Ksh{amount(r)}.",
    ])


def status_bar(draw, r, width, ink):
    draw.text((14, 6), f"{r.randint(6, 22)}:{r.randint(10, 59)}", font=font(14, True), fill=ink)
    draw.rectangle((width - 36, 8, width - 14, 18), outline=ink)
    draw.rectangle((width - 34, 10, width - r.randint(18, 28), 16), fill=ink)


def phone(r, back):
    width, height = r.choice([(360, 780), (360, 720), (400, 800)])
    picture = Image.new("RGB", (width, height), back)
    return picture, ImageDraw.Draw(picture), width, height


def bubble(draw, x, y, width, text, face, fill, ink, padding=12):
    lines = wrap(draw, text, face, width - 2 * padding)
    step = face.size + 6
    draw.rounded_rectangle((x, y, x + width, y + len(lines) * step + 2 * padding), 14, fill=fill)
    for n, line in enumerate(lines):
        draw.text((x + padding, y + padding + n * step), line, font=face, fill=ink)
    return y + len(lines) * step + 2 * padding


def payment_message(r):
    dark = r.random() < 0.4
    back, ink = ((18, 18, 20), (230, 230, 230)) if dark else ((250, 250, 250), (20, 20, 20))
    picture, draw, width, height = phone(r, back)
    status_bar(draw, r, width, ink)
    draw.text((56, 40), "MPESA", font=font(20, True), fill=ink)
    draw.text((18, 40), "<", font=font(20), fill=ink)
    y = 90 + r.randint(0, 60)
    face = font(r.choice([14, 15, 16, 17]))
    for _ in range(r.randint(1, 3)):
        if y > height - 240:
            break
        draw.text((width / 2 - 50, y), f"{r.choice(['Today', 'Yesterday', 'Leo'])} {r.randint(1, 12)}:{r.randint(10, 59)}", font=font(11), fill=(140,) * 3)
        fill = (48, 49, 52) if dark else r.choice([(232, 234, 237), (229, 229, 234)])
        y = bubble(draw, 14, y + 20, int(width * r.uniform(0.75, 0.92)), mpesa_text(r), face, fill, ink) + 18
    draw.rounded_rectangle((20, height - 60, width - 20, height - 20), 20, outline=(150,) * 3)
    return picture


def payment_app(r):
    green = r.choice([(67, 176, 42), (76, 175, 80), (0, 150, 57)])
    full = r.random() < 0.4
    picture, draw, width, height = phone(r, green if full else (255, 255, 255))
    ink = (255, 255, 255) if full else (30, 30, 30)
    if not full:
        draw.rectangle((0, 0, width, 70), fill=green)
    status_bar(draw, r, width, (255, 255, 255))
    draw.text((width / 2 - 50, 34), "M-PESA", font=font(24, True), fill=(255, 255, 255))
    y = 120 + r.randint(0, 60)
    draw.ellipse((width / 2 - 40, y, width / 2 + 40, y + 80), fill=(255, 255, 255) if full else green)
    draw.line((width / 2 - 18, y + 42, width / 2 - 4, y + 56, width / 2 + 22, y + 24), fill=green if full else (255,) * 3, width=7)
    y += 100
    for text, size in [("Transaction Successful", 20), (f"KES {amount(r)}", 30), (f"To {r.choice(NAMES)}", 16)]:
        face = font(size, size > 25)
        draw.text((width / 2 - draw.textlength(text, font=face) / 2, y), text, font=face, fill=ink)
        y += size + 18
    for key, value in [("Transaction ID", code(r)), ("Date", f"{r.randint(1, 28)} Mar 2026"), ("Fee", "KES 0.00"), ("Balance", f"KES {amount(r)}")]:
        draw.text((30, y), key, font=font(14), fill=ink)
        draw.text((width - 30 - draw.textlength(value, font=font(14)), y), value, font=font(14), fill=ink)
        y += 34
        draw.line((30, y - 8, width - 30, y - 8), fill=(200, 220, 200))
    draw.rounded_rectangle((40, height - 90, width - 40, height - 44), 8, fill=(255,) * 3 if full else green)
    return picture


def payment_slip(r):
    bank = r.choice([("EQUITY BANK", (160, 30, 40)), ("KCB", (0, 110, 60)), ("CO-OP BANK", (0, 90, 60)), ("NCBA", (60, 30, 20)), ("PAYMENT RECEIPT", (40, 40, 40))])
    picture, draw, width, height = phone(r, (246, 246, 248))
    draw.rectangle((0, 0, width, 90), fill=bank[1])
    draw.text((24, 34), bank[0], font=font(22, True), fill=(255,) * 3)
    draw.rounded_rectangle((20, 120, width - 20, height - 80), 10, fill=(255,) * 3)
    y = 140
    face, strong = font(13), font(13, True)
    draw.text((40, y), r.choice(["Payment successful", "Transfer complete", "Receipt"]), font=font(19, True), fill=bank[1])
    y += 50
    for key in ["Amount", "From account", "To", "Reference", "Date", "Charges", "Total"]:
        value = {"Amount": f"KES {amount(r)}", "To": r.choice(NAMES), "Reference": code(r), "Date": "04-03-2026", "Charges": "KES 30.00", "Total": f"KES {amount(r)}"}.get(key, f"****{r.randint(1000, 9999)}")
        draw.text((40, y), key, font=face, fill=(110,) * 3)
        draw.text((width - 40 - draw.textlength(value, font=strong), y), value, font=strong, fill=(20,) * 3)
        y += r.choice([38, 44])
    return picture


def payment_till(r):
    picture = Image.new("RGB", (420, 560), tuple(r.randint(60, 150) for _ in range(3)))
    paper = Image.new("RGB", (260, 480), (244, 243, 238))
    draw = ImageDraw.Draw(paper)
    face = font(13, mono=True)
    y = 14
    for line in [r.choice(NAMES), "TILL NO 5" + str(r.randint(10000, 99999)), "-" * 28, f"M-PESA {code(r)}", f"AMOUNT   KES {amount(r)}", "STATUS   PAID", "-" * 28, "04/03/2026 10:14", "CASHIER 3", "-" * 28, "ASANTE. KARIBU TENA"]:
        draw.text((14, y), line, font=face, fill=(40,) * 3)
        y += 38
    paper = paper.rotate(r.uniform(-7, 7), expand=True, fillcolor=picture.getpixel((0, 0)), resample=Image.BICUBIC)
    picture.paste(paper, (60, 20))
    return picture.filter(ImageFilter.GaussianBlur(0.5))


def sentence(r, least=4, most=22):
    return " ".join(r.choice(WORDS) for _ in range(r.randint(least, most)))


def chat(r):
    dark = r.random() < 0.4
    picture, draw, width, height = phone(r, (11, 20, 26) if dark else (236, 229, 221))
    draw.rectangle((0, 0, width, 64), fill=(31, 44, 52) if dark else (7, 94, 84))
    draw.ellipse((16, 16, 50, 50), fill=tuple(r.randint(80, 220) for _ in range(3)))
    draw.text((60, 22), r.choice(["Mum", "Chama Group", "Otieno", "Class of 2019"]), font=font(17, True), fill=(255,) * 3)
    y, ink = 84, (230,) * 3 if dark else (20,) * 3
    while y < height - 120:
        mine = r.random() < 0.5
        wide = int(width * r.uniform(0.35, 0.75))
        fill = ((0, 92, 75) if mine else (32, 44, 51)) if dark else ((220, 248, 198) if mine else (255, 255, 255))
        y = bubble(draw, width - wide - 10 if mine else 10, y, wide, sentence(r, 1, 14), font(14), fill, ink, 9) + r.randint(8, 18)
    return picture


def letter(r):
    width, height = 480, 640
    picture = Image.new("RGB", (width, height), tuple([r.randint(236, 255)] * 3))
    draw = ImageDraw.Draw(picture)
    serif = r.random() < 0.6
    draw.text((50, 46), r.choice(["MINUTES OF THE MEETING", "TO WHOM IT MAY CONCERN", "CURRICULUM VITAE", "NOTICE"]), font=font(18, True, serif), fill=(20,) * 3)
    y, face = 96, font(r.choice([11, 12, 13]), serif=serif)
    while y < height - 60:
        for line in wrap(draw, sentence(r, 20, 70), face, width - 100):
            if y < height - 60:
                draw.text((50, y), line, font=face, fill=(35,) * 3)
                y += face.size + 6
        y += 14
    if r.random() < 0.5:
        picture = picture.rotate(r.uniform(-6, 6), fillcolor=(120, 100, 80), resample=Image.BICUBIC)
    return picture


def web_page(r):
    picture, draw, width, height = phone(r, (255, 255, 255))
    draw.rounded_rectangle((14, 34, width - 14, 68), 17, fill=(238,) * 3)
    draw.text((34, 42), "news.example.co.ke", font=font(13), fill=(60,) * 3)
    y = 90
    for line in wrap(draw, sentence(r, 7, 10).capitalize(), font(21, True), width - 40):
        draw.text((20, y), line, font=font(21, True), fill=(10,) * 3)
        y += 30
    picture.paste(scenery(r).resize((width - 40, 180)), (20, y + 10))
    y += 210
    while y < height - 40:
        for line in wrap(draw, sentence(r, 15, 30), font(14), width - 40):
            draw.text((20, y), line, font=font(14), fill=(50,) * 3)
            y += 21
        y += 10
    return picture


def noise(r, width, height, scale):
    rows = np.random.RandomState(r.randint(0, 2**31 - 1)).rand(max(2, height // scale), max(2, width // scale))
    return np.asarray(Image.fromarray((rows * 255).astype(np.uint8)).resize((width, height), Image.BICUBIC), np.float32) / 255


def scenery(r):
    width, height = 480, 360
    y = np.linspace(0, 1, height)[:, None, None]
    top, low = np.array([r.randint(60, 140), r.randint(120, 190), r.randint(200, 250)]), np.array([r.randint(190, 250), r.randint(190, 230), 230])
    sky = np.broadcast_to(top * (1 - y) + low * y, (height, width, 3)).copy()
    cloud = np.clip(noise(r, width, height, 60) - 0.45, 0, 1)[..., None] * 1.6
    picture = Image.fromarray(np.clip(sky * (1 - cloud) + 250 * cloud, 0, 255).astype(np.uint8))
    draw = ImageDraw.Draw(picture)
    for layer in range(r.randint(2, 4)):
        base, phase = height * (0.45 + 0.15 * layer), r.uniform(0, 6)
        line = [(x, base + 26 * math.sin(x / r.uniform(50, 90) + phase) + r.uniform(-3, 3)) for x in range(0, width + 8, 8)]
        shade = tuple(int(v * (1 - 0.18 * layer)) for v in (r.randint(60, 110), r.randint(110, 150), r.randint(50, 90)))
        draw.polygon([(0, height), *line, (width, height)], fill=shade)
    for _ in range(r.randint(0, 8)):
        x, foot, size = r.randint(0, width), r.randint(height // 2, height), r.randint(20, 60)
        draw.rectangle((x - 3, foot - size, x + 3, foot), fill=(80, 55, 35))
        draw.ellipse((x - size // 2, foot - size * 1.6, x + size // 2, foot - size * 0.6), fill=(40, r.randint(80, 120), 45))
    grain = noise(r, width, height, 2)[..., None] * 24 - 12
    return Image.fromarray(np.clip(np.asarray(picture, np.float32) + grain, 0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.8))


def dark_photo(r):
    grain = np.random.RandomState(r.randint(0, 2**31 - 1)).normal(14, 6, (320, 420, 3)) + noise(r, 420, 320, 90)[..., None] * 18
    return Image.fromarray(np.clip(grain, 0, 255).astype(np.uint8))


def note(r):
    picture = Image.new("RGB", (420, 420), r.choice([(255, 245, 160), (255, 255, 255), (20, 20, 20), (200, 30, 60)]))
    draw = ImageDraw.Draw(picture)
    ink = (20,) * 3 if sum(picture.getpixel((0, 0))) > 380 else (250,) * 3
    y = 90
    for line in wrap(draw, sentence(r, 6, 14).capitalize(), font(30, True), 360):
        draw.text((30, y), line, font=font(30, True), fill=ink)
        y += 46
    return picture


PALETTES = [
    [(196, 30, 40), (245, 180, 30), (20, 60, 120), (250, 240, 220)], [(20, 110, 70), (240, 200, 40), (180, 30, 30), (10, 20, 30)],
    [(40, 40, 120), (230, 110, 30), (250, 250, 240), (120, 20, 60)], [(120, 70, 30), (230, 200, 150), (30, 20, 10), (200, 90, 30)],
    [(230, 60, 130), (60, 190, 180), (255, 230, 80), (40, 30, 90)], [(10, 10, 10), (240, 240, 235), (150, 150, 150), (200, 40, 40)],
]


def motif(draw, r, kind, box, colours):
    left, top, right, bottom = box
    x, y, half = (left + right) / 2, (top + bottom) / 2, (right - left) / 2
    if kind == "rings":
        for n, share in enumerate([1, 0.75, 0.5, 0.25]):
            draw.ellipse((x - half * share, y - half * share, x + half * share, y + half * share), fill=colours[n % len(colours)])
    elif kind == "flower":
        for n in range(8):
            angle = n * math.pi / 4
            px, py = x + math.cos(angle) * half * 0.6, y + math.sin(angle) * half * 0.6
            draw.ellipse((px - half * 0.3, py - half * 0.3, px + half * 0.3, py + half * 0.3), fill=colours[1 + n % 2])
        draw.ellipse((x - half * 0.28, y - half * 0.28, x + half * 0.28, y + half * 0.28), fill=colours[3 % len(colours)])
    elif kind == "diamond":
        draw.polygon([(x, top), (right, y), (x, bottom), (left, y)], fill=colours[1])
        draw.polygon([(x, y - half / 2), (x + half / 2, y), (x, y + half / 2), (x - half / 2, y)], fill=colours[2])
    elif kind == "fan":
        for n in range(5):
            draw.pieslice((left, top, right, bottom), 180 + n * 36, 180 + n * 36 + 20, fill=colours[n % len(colours)])
    else:
        draw.polygon([(left, bottom), (x, top), (right, bottom)], fill=colours[1])
        draw.polygon([(left + half / 2, bottom), (x, y), (right - half / 2, bottom)], fill=colours[3 % len(colours)])


def cloth(r):
    size = 560
    colours = r.sample(r.choice(PALETTES), 4)
    picture = Image.new("RGB", (size, size), colours[0])
    draw = ImageDraw.Draw(picture)
    kind = r.choice(["rings", "flower", "diamond", "fan", "teeth", "stripe", "check", "dots", "plain", "maasai"])
    if kind in ("stripe", "check", "maasai"):
        step = r.randint(14, 60)
        for n, at in enumerate(range(0, size, step)):
            draw.rectangle((0, at, size, at + step * r.choice([0.3, 0.5]) if kind != "maasai" else at + step // 3), fill=colours[1 + n % 3])
        if kind != "stripe":
            over = Image.new("RGB", (size, size), colours[0])
            pen = ImageDraw.Draw(over)
            for n, at in enumerate(range(0, size, step)):
                pen.rectangle((at, 0, at + step // 3, size), fill=colours[1 + n % 3])
            picture = Image.blend(picture, over, 0.45)
    elif kind != "plain":
        step = r.randint(30, 130)
        for row, y in enumerate(range(-step, size + step, step)):
            for x in range(-step, size + step, step):
                shift = step // 2 if row % 2 and kind != "diamond" else 0
                box = (x + shift, y, x + shift + step * 0.9, y + step * 0.9)
                motif(draw, r, "rings" if kind == "dots" else kind, box, colours[1:] if kind == "dots" else colours)
    threads = np.indices((size, size)).sum(0) % 2 * 8 - 4 + np.random.RandomState(r.randint(0, 2**31 - 1)).normal(0, 5, (size, size))
    folds = (noise(r, size, size, r.choice([70, 120, 200])) - 0.5) * r.uniform(20, 120)
    shaded = np.asarray(picture, np.float32) + (threads + folds)[..., None]
    picture = Image.fromarray(np.clip(shaded, 0, 255).astype(np.uint8)).rotate(r.choice([0, 0, 90, r.uniform(-40, 40)]), resample=Image.BICUBIC)
    edge = (size - 380) // 2
    picture = picture.crop((edge, edge, edge + r.choice([380, 300]), edge + r.choice([380, 340])))
    return ImageChops.multiply(picture, Image.new("RGB", picture.size, tuple(r.randint(215, 255) for _ in range(3)))).filter(ImageFilter.GaussianBlur(r.uniform(0.3, 1)))


KINDS = {
    "payment": [payment_message, payment_message, payment_app, payment_slip, payment_till],
    "other": [chat, letter, web_page, scenery, note, dark_photo],
    "fabric": [cloth],
}


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", type=pathlib.Path)
    arguments.add_argument("--seed", type=int, default=2026)
    arguments.add_argument("--each", type=int, default=16)
    given = arguments.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    r = random.Random(given.seed)
    for kind, painters in KINDS.items():
        for n in range(given.each):
            picture = painters[n % len(painters)](r).convert("RGB")
            picture.thumbnail((420, 420 if kind == "fabric" else 560))
            picture.save(given.folder / f"{kind}-{n + 1:02d}.jpg", quality=r.randint(55, 82))


if __name__ == "__main__":
    main()
