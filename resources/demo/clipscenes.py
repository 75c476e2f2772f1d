# SPDX-License-Identifier: MIT
"""The pictures of make-clips: each scene is a function of a size that gives back a painter, and a
painter makes the picture for a phase from 0 to 1 of the loop. Flat shapes, dithered skies, no files."""
import math
import random

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageMath

TAU = 2 * math.pi

# sky from top to horizon; light = sun or moon; land from far to near; water for the scenes with a sea
PALETTES = {
    "dusk": dict(sky=["#1d2150", "#5a3f86", "#d9707c", "#ffc48a"], light="#ffe6b8",
                 land=["#6d4a86", "#4a3570", "#2d2350", "#191633"], water=["#c9718a", "#2a2a5e"]),
    "meadow": dict(sky=["#2c3f1c", "#4d8a3a", "#79cf68", "#b9ec9c"], light="#f4f1d2",
                   land=["#7f9b4c", "#5b7a38", "#365c2b", "#1b3a1d"], water=["#8fc47a", "#1f4d2c"]),
    "polar": dict(sky=["#050b22", "#0b2140", "#14405a", "#2a6a70"], light="#dff6e8",
                  land=["#1a3f52", "#112c40", "#0a1c2c", "#050f1a"], glow=["#58f0a8", "#6ab7ff"]),
    "peach": dict(sky=["#3f6fa8", "#8fb3cf", "#f6d2b4", "#ffb38a"], light="#fff3dc",
                  land=["#b98f8f", "#8a6b78", "#5b4a5e", "#352e42"], water=["#f0bfa0", "#2f5f86"]),
    "indigo": dict(sky=["#0a0d2a", "#1c2360", "#493f97", "#a86ab0"], light="#f3ecff",
                   land=["#3b3a80", "#26275c", "#15173a"], windows=["#ffd98a", "#8fd0ff"]),
    "sand": dict(sky=["#27638a", "#6aa7b8", "#f0dcae", "#f7c27c"], light="#fff6dd",
                 land=["#e0a766", "#c98748", "#a3642f", "#6d3d1d"], water=["#f0dcae", "#27638a"]),
    "autumn": dict(sky=["#4d6f8f", "#9fb6b8", "#f2dcb0", "#f3b57a"], light="#fff4d9",
                   land=["#b58a6a", "#a2623f", "#7a3f2c", "#46231f"], water=["#d8c19a", "#5a6d72"]),
    "teal": dict(sky=["#0e3b4d", "#1f7c86", "#7cc8b8", "#dff0c8"], light="#fffbe0",
                 land=["#4f9a92", "#2f7478", "#1b4f58", "#0d2f3a"], water=["#9cd6c0", "#0f4a5c"]),
    "rose": dict(sky=["#512a52", "#a8456f", "#ef8f8a", "#ffd6ae"], light="#fff0d6",
                 land=["#a5587a", "#7c3f6a", "#532c54", "#2f1a38"], water=["#f2a596", "#5c2c58"]),
    "silver": dict(sky=["#4f5d6b", "#8796a0", "#c3ccc9", "#eceadd"], light="#ffffff",
                   land=["#8d9a9c", "#697879", "#485657", "#2b3638"], water=["#cbd2cc", "#50646c"]),
    "winter": dict(sky=["#5a6f94", "#8fa6c4", "#c9d6e4", "#f0ebea"], light="#fffaf0",
                   land=["#c3d1e2", "#9fb4cd", "#7690b0", "#4c6688"], water=["#d6e0ea", "#5f7c9c"]),
    "dawn": dict(sky=["#3a2a5e", "#8a4a86", "#f07f8c", "#ffd09a"], light="#fff2cf",
                 land=["#a8557e", "#76406f", "#4a2c58", "#271a38"], water=["#f2a08c", "#4a2c58"]),
    "neon": dict(sky=["#12061f", "#3a0f4d", "#8a1f70", "#ff5f8f"], light="#ffd6f0",
                 land=["#4a1a5e", "#2d1044", "#16082a"], windows=["#5ff0ff", "#ff7ad0"]),
    "coral": dict(sky=["#2a4f7a", "#7a8fb0", "#f4b8a8", "#ffdca8"], light="#fff4e0",
                  land=["#e8907a", "#cc6a60", "#9c4650", "#5c2a3c"], water=["#f4b8a8", "#2a4f7a"]),
    "deep": dict(sky=["#6fe0e0", "#1fa0b4", "#0c5a82", "#06264c"], light="#eaffff",
                 land=["#0f5a78", "#0a3f5e", "#072a46", "#041a30"], glow=["#ffb0d0", "#ffe09a"]),
    "violet": dict(sky=["#0d0824", "#22144a", "#43286e", "#7a4a8c"], light="#f5e8ff",
                   land=["#382a62", "#281d4a", "#1a1334", "#0d0a1e"], glow=["#c07bff", "#5fe0d8"]),
    "amber": dict(sky=["#6a3f1f", "#b8702f", "#f0b24f", "#fde6a6"], light="#fffbe6",
                  land=["#c08a3f", "#93652f", "#664424", "#3a2818"], water=["#f0b24f", "#6a3f1f"]),
    "planet": dict(sky=["#120a2c", "#3a1f66", "#a84f8c", "#ffb08a"], light="#ffd8a8",
                   land=["#7a3f86", "#552c6c", "#371d50", "#1c0f30"], water=["#a84f8c", "#120a2c"]),
}


def rgb(text):
    return tuple(int(text[i:i + 2], 16) for i in (1, 3, 5))


def mix(a, b, share):
    return tuple(round(x + (y - x) * share) for x, y in zip(a, b))


def gradient(size, stops, seed=1):
    """Top to bottom through the stops, dithered with noise so that no bands show."""
    width, height = size
    stops = [rgb(stop) if isinstance(stop, str) else stop for stop in stops]
    noise = Image.frombytes("L", size, random.Random(seed).randbytes(width * height))
    channels = []
    for channel in range(3):
        column = Image.new("F", (1, height))
        for y in range(height):
            place = y / max(1, height - 1) * (len(stops) - 1)
            i = min(int(place), len(stops) - 2)
            value = stops[i][channel] + (stops[i + 1][channel] - stops[i][channel]) * (place - i)
            column.putpixel((0, y), value)
        plane = column.resize(size, Image.NEAREST)
        channels.append(ImageMath.eval("convert(p + float(n) / 256.0, 'L')", p=plane, n=noise))
    return Image.merge("RGB", channels)


def mask_of(size, paint):
    """A smooth-edged mask: painted at twice the size, then halved. Coordinates are the final ones."""
    big = Image.new("L", (size[0] * 2, size[1] * 2), 0)
    paint(ImageDraw.Draw(big), 2)
    return big.reduce(2)


def scaled(points, by):
    return [(x * by, y * by) for x, y in points]


def shifted(mask, size, dx, dy=0.0):
    return mask.transform(size, Image.Transform.AFFINE, (1, 0, dx, 0, 1, dy), Image.BILINEAR)


def ridge(seed, roughness):
    """A function of x (in picture heights) that gives heights from about -1 to 1."""
    chance = random.Random(seed)
    waves = [(chance.uniform(0.8, 1.2) * k, chance.uniform(0, TAU), roughness ** i)
             for i, k in enumerate((2.1, 4.7, 9.3, 19.0))]
    total = sum(wave[2] for wave in waves)
    return lambda x: sum(math.sin(x * k + p) * a for k, p, a in waves) / total


class Layer:
    """Land that sways sideways as the camera does; nearer land sways more."""

    def __init__(self, size, fill, base, swing, sway, shape):
        self.size, self.margin, self.sway = size, round(sway * size[0]) + 2, sway * size[0]
        width, height = size
        step = max(2, width // 240)
        points = [(x, (base - swing * shape((x - self.margin) / height)) * height)
                  for x in range(0, width + 2 * self.margin + step, step)]
        points += [(width + 2 * self.margin + step, height), (0, height)]
        self.mask = mask_of((width + 2 * self.margin, height),
                            lambda draw, by: draw.polygon(scaled(points, by), fill=255))
        self.fill = fill

    def paint(self, frame, phase):
        mask = shifted(self.mask, self.size, self.margin + self.sway * math.sin(TAU * phase))
        frame.paste(self.fill, (0, 0), mask)


def land(size, palette, seed, base=0.62, swing=0.11, sway=0.012, roughness=0.5):
    colours = [rgb(colour) for colour in palette["land"]]
    haze = rgb(palette["sky"][-1])
    layers = []
    for i, colour in enumerate(colours):
        fill = gradient(size, [colour, colour, mix(colour, haze, 0.28 / (i + 1))], seed + i)
        layers.append(Layer(size, fill, base + i * 0.115, swing * (1 - 0.12 * i),
                            sway * (i + 1), ridge(seed * 7 + i, roughness)))
    return layers


def sky_of(size, palette, seed=1):
    return gradient(size, palette["sky"], seed)


def disc(frame, centre, radius, colour, glow=0.35):
    """The sun or the moon, with a halo."""
    reach = math.ceil(radius * 2.6)
    x, y = centre
    box = (math.floor(x) - reach, math.floor(y) - reach)
    fx, fy = x - box[0], y - box[1]
    mask = mask_of((2 * reach, 2 * reach), lambda draw, by: draw.ellipse(
        [(fx - radius) * by, (fy - radius) * by, (fx + radius) * by, (fy + radius) * by], fill=255))
    if glow:
        halo = Image.radial_gradient("L").resize((2 * reach, 2 * reach), Image.BICUBIC)
        halo = ImageChops.invert(halo).point(lambda v: max(0, v - 74) * glow)
        frame.paste(colour, box, halo)
    frame.paste(colour, box, mask)


def stars_of(size, seed, count):
    chance = random.Random(seed)
    return [(chance.random() * size[0], chance.random() ** 1.4 * size[1] * 0.62,
             chance.uniform(0.5, 1.3), chance.random(), chance.randint(1, 3)) for _ in range(count)]


def paint_stars(frame, stars, phase, scale):
    draw = ImageDraw.Draw(frame)
    for x, y, bright, offset, speed in stars:
        glow = bright * (0.55 + 0.45 * math.sin(TAU * (phase * speed + offset)))
        under = frame.getpixel((int(x), int(y)))
        side = 1 + int(bright > 0.9) * max(1, round(scale))
        draw.rectangle([x, y, x + side - 1, y + side - 1],
                       fill=mix(under, (255, 255, 255), min(1, max(0, glow))))


def hills(size, palette, seed=1, snow=False, ring=False):
    colours = PALETTES[palette]
    width, height = size
    sky, layers = sky_of(size, colours, seed), land(size, colours, seed)
    chance = random.Random(seed)
    home = (chance.uniform(0.25, 0.7) * width, height * chance.uniform(0.26, 0.34))
    radius = min(size) * (0.16 if ring else 0.105)
    flakes = [(chance.random(), chance.random(), chance.choice((1, 1, 2)), chance.uniform(0.5, 1.0))
              for _ in range(90)] if snow else []
    stars = stars_of(size, seed, 140) if ring else []

    def paint(phase):
        frame = sky.copy()
        paint_stars(frame, stars, phase, width / 700)
        centre = (home[0] + 0.02 * width * math.sin(TAU * phase),
                  home[1] - 0.03 * height * math.cos(TAU * phase))
        disc(frame, centre, radius, rgb(colours["light"]), 0.5)
        if ring:
            paint_ring(frame, centre, radius)
        for layer in layers:
            layer.paint(frame, phase)
        draw = ImageDraw.Draw(frame)
        for x, y, falls, near in flakes:
            px = (x + 0.02 * math.sin(TAU * (phase + y))) * width
            py = (y + phase * falls) % 1.0 * height
            r = near * height / 190
            draw.ellipse([px - r, py - r, px + r, py + r], fill=(248, 250, 255))
        return frame
    return paint


def paint_ring(frame, centre, radius):
    size = (round(radius * 5), round(radius * 5))
    mask = mask_of(size, lambda draw, by: draw.ellipse(
        [by * size[0] * 0.06, by * size[1] * 0.42, by * size[0] * 0.94, by * size[1] * 0.58],
        outline=210, width=round(by * radius * 0.07)))
    mask = mask.rotate(-18, Image.BICUBIC)
    frame.paste((255, 236, 214), (round(centre[0] - size[0] / 2), round(centre[1] - size[1] / 2)),
                mask)


def sea(size, palette, seed=1, lighthouse=False, boats=0):
    colours = PALETTES[palette]
    width, height = size
    horizon = 0.56
    sky = sky_of(size, dict(sky=colours["sky"] + [colours["sky"][-1]] * 2), seed)
    far = Layer(size, rgb(colours["land"][0]), horizon - 0.01, 0.05, 0.004, ridge(seed * 5, 0.5))
    top, bottom = rgb(colours["water"][0]), rgb(colours["water"][1])
    water = gradient((width, height - round(horizon * height)), [top, mix(top, bottom, 0.6), bottom])
    chance = random.Random(seed)
    sun = (width * (0.36 if lighthouse else chance.uniform(0.3, 0.7)), height * 0.40)
    waves = [Wave(size, horizon + 0.09 + 0.085 * i, mix(top, bottom, 0.42 + 0.14 * i), i, seed)
             for i in range(5)]
    fleet = [(chance.uniform(0.12, 0.88), i % 4, chance.random(), chance.choice(("#f7f2e4", "#f2b8a0",
              "#ffe08a", "#e8f4f4"))) for i in range(boats)]
    glitter = [(chance.gauss(0, 0.05), chance.random(), chance.random(), chance.randint(1, 2))
               for _ in range(60)]
    tower = lighthouse_of(size, colours) if lighthouse else None

    def paint(phase):
        frame = sky.copy()
        light = rgb(colours["light"])
        disc(frame, (sun[0], sun[1] + 0.02 * height * math.cos(TAU * phase)), min(size) * 0.085, light, 0.6)
        far.paint(frame, phase)
        frame.paste(water, (0, round(horizon * height)))
        draw = ImageDraw.Draw(frame, "RGBA")
        for offset, down, when, speed in glitter:
            y = (horizon + 0.012 + down * down * 0.40) * height
            long = (0.012 + 0.05 * down) * width
            alpha = round(150 * max(0.0, math.sin(TAU * (phase * speed + when))))
            x = sun[0] + offset * width * (0.6 + 2.6 * down)
            draw.rectangle([x - long / 2, y, x + long / 2, y + max(1, height * 0.0028)],
                           fill=light + (alpha,))
        for i, wave in enumerate(waves):
            wave.paint(frame, phase)
            for place, row, when, sail in fleet:
                if row == i:
                    paint_boat(frame, size, wave, place, phase, when, rgb(sail), rgb(colours["land"][3]))
        if tower:
            tower(frame, phase)
        return frame
    return paint


class Wave:
    """A rolling edge that travels one whole wavelength a loop."""

    def __init__(self, size, base, colour, index, seed):
        self.size, self.base, self.index = size, base, index
        self.count = max(2, round((7 - index) * size[0] / size[1] / 1.6))
        self.lift = 0.007 + 0.0035 * index
        self.direction = 1 if index % 2 else -1
        self.offset = random.Random(seed + index).random()
        self.fill = gradient(size, [mix(colour, (255, 255, 255), 0.10), colour], seed + index)

    def height_at(self, x, phase):
        angle = TAU * (self.count * x + self.direction * phase + self.offset)
        return self.base - self.lift * (math.sin(angle) + 0.3 * math.sin(2 * angle + 1))

    def paint(self, frame, phase):
        width, height = self.size
        step = max(2, width // 160)
        top = int((self.base - 2 * self.lift) * height)
        points = [(x, self.height_at(x / width, phase) * height - top)
                  for x in range(0, width + step, step)] + [(width, height - top), (0, height - top)]
        mask = mask_of((width, height - top),
                       lambda draw, by: draw.polygon(scaled(points, by), fill=255))
        frame.paste(self.fill.crop((0, top, width, height)), (0, top), mask)


def paint_boat(frame, size, wave, place, phase, when, sail, hull):
    """A folded paper boat that rides its wave."""
    width, height = size
    unit = min(size) * (0.10 + 0.035 * wave.index)
    x = place + 0.03 * math.sin(TAU * (phase + when))
    y = wave.height_at(x, phase)
    slope = (wave.height_at(x + 0.01, phase) - wave.height_at(x - 0.01, phase)) * height / (0.02 * width)
    side = round(unit * 2)

    def place_all(points):
        return [(side / 2 + px * unit, side * 0.72 + py * unit) for px, py in points]
    shapes = [([(0, -0.62), (-0.27, -0.08), (0.27, -0.08)], sail),
              ([(0, -0.62), (0.27, -0.08), (0.06, -0.08)], mix(sail, hull, 0.22)),
              ([(-0.55, -0.2), (0.55, -0.2), (0.36, 0.1), (-0.36, 0.1)], mix(sail, hull, 0.10)),
              ([(0.1, -0.2), (0.55, -0.2), (0.36, 0.1), (0.0, 0.1)], mix(sail, hull, 0.30))]
    angle = -math.degrees(math.atan(slope)) * 0.8
    corner = (round(x * width - side / 2), round(y * height - side * 0.72))
    for points, colour in shapes:
        mask = mask_of((side, side),
                       lambda draw, by: draw.polygon(scaled(place_all(points), by), fill=255))
        frame.paste(colour, corner, mask.rotate(angle, Image.BICUBIC, center=(side / 2, side * 0.72)))


def lighthouse_of(size, colours):
    width, height = size
    rock, dark = rgb(colours["land"][3]), rgb(colours["land"][2])
    x, foot, head, w = 0.78 * width, 0.80 * height, 0.27 * height, 0.026 * width
    rock_mask = mask_of(size, lambda draw, by: draw.polygon(scaled(
        [(0.58 * width, height), (0.66 * width, 0.86 * height), (0.71 * width, 0.80 * height),
         (0.85 * width, 0.79 * height), (0.92 * width, 0.85 * height), (width, 0.88 * height),
         (width, height)], by), fill=255))
    tower_mask = mask_of(size, lambda draw, by: draw.polygon(scaled(
        [(x - w, foot), (x - w * 0.6, head), (x + w * 0.6, head), (x + w, foot)], by), fill=255))

    def bands(draw, by):
        for i in (1, 3):
            top = head + (foot - head) * i / 5
            draw.rectangle([(x - w) * by, top * by, (x + w) * by, (top + (foot - head) / 5) * by], fill=255)
    band_mask = ImageChops.multiply(tower_mask, mask_of(size, bands))
    room = mask_of(size, lambda draw, by: (
        draw.rectangle([(x - w * 0.5) * by, (head - w * 1.0) * by, (x + w * 0.5) * by, head * by], fill=255)))
    roof = mask_of(size, lambda draw, by: (
        draw.polygon(scaled([(x - w * 0.75, head - w), (x, head - w * 2), (x + w * 0.75, head - w)], by), fill=255),
        draw.rectangle([(x - w * 0.85) * by, (head - w * 0.12) * by, (x + w * 0.85) * by, (head + w * 0.16) * by],
                       fill=255)))

    def paint(frame, phase):
        lamp = (x, head - w * 0.5)
        turn = math.cos(TAU * phase)
        for side in (-1, 1):
            reach = side * turn * width * 0.8
            spread = abs(turn) * height * 0.10
            beam = Image.new("L", (size[0] // 2, size[1] // 2), 0)
            draw = ImageDraw.Draw(beam)
            for i in range(24):  # fades with the distance
                far, half = reach * (1 - i / 24), spread * (1 - i / 24)
                draw.polygon(scaled([lamp, (lamp[0] + far, lamp[1] - half),
                                     (lamp[0] + far, lamp[1] + half)], 0.5), fill=4 * (i + 1))
            beam = beam.filter(ImageFilter.GaussianBlur(5)).resize(size, Image.BILINEAR)
            frame.paste((255, 240, 190), (0, 0), beam)
        frame.paste(dark, (0, 0), rock_mask)
        frame.paste((240, 230, 226), (0, 0), tower_mask)
        frame.paste((196, 74, 84), (0, 0), band_mask)
        frame.paste(mix((255, 214, 120), (255, 250, 220), abs(math.sin(TAU * phase))), (0, 0), room)
        frame.paste(rock, (0, 0), roof)
    return paint


def city(size, palette, seed=1):
    colours = PALETTES[palette]
    width, height = size
    sky = sky_of(size, colours, seed)
    stars = stars_of(size, seed, 70)
    rows = [Skyline(size, colours, i, seed) for i in range(3)]

    def paint(phase):
        frame = sky.copy()
        paint_stars(frame, stars, phase, width / 900)
        disc(frame, (0.30 * width + 0.015 * width * math.sin(TAU * phase), 0.25 * height), min(size) * 0.09,
             rgb(colours["light"]), 0.4)
        for row in rows:
            row.paint(frame, phase)
        return frame
    return paint


class Skyline:
    """One row of buildings, some windows lit; a few of those go out and on again."""

    def __init__(self, size, colours, index, seed):
        width, height = size
        chance = random.Random(seed * 11 + index)
        self.size, self.sway = size, 0.010 * (index + 1) * width
        self.margin = math.ceil(self.sway) + 2
        full = (width + 2 * self.margin, height)
        colour = rgb(colours["land"][index])
        self.picture = gradient(full, [mix(colour, rgb(colours["sky"][-1]), 0.30 / (index + 1)), colour], seed)
        self.mask = Image.new("L", full, 0)
        self.blinking = []
        painter, shape = ImageDraw.Draw(self.picture), ImageDraw.Draw(self.mask)
        unit = height * (0.011 + 0.004 * index)
        x = -chance.random() * 4 * unit
        while x < full[0]:
            columns = chance.randint(3, 6)
            wide = unit * (2 * columns + 1)
            top = height * (0.80 - 0.40 * chance.random() ** 1.3 + 0.07 * index - 0.05 * (index == 0))
            shape.rectangle([x, top, x + wide, height], fill=255)
            if chance.random() < 0.35:
                shape.rectangle([x + wide / 2 - unit / 5, top - 5 * unit, x + wide / 2 + unit / 5, top], fill=255)
            y = top + 1.4 * unit
            while y < height:
                for column in range(columns):
                    if chance.random() < 0.30:
                        left = x + unit * (1 + 2 * column)
                        box = [round(left), round(y), round(left + unit * 0.9), round(y + unit * 1.1)]
                        tone = mix(colour, rgb(chance.choice(colours["windows"])), chance.uniform(0.45, 0.95))
                        painter.rectangle(box, fill=tone)
                        if chance.random() < 0.06:
                            self.blinking.append((box, colour, chance.random()))
                y += 2.1 * unit
            x += wide + chance.choice((0, 0, unit))

    def paint(self, frame, phase):
        picture = self.picture.copy()
        draw = ImageDraw.Draw(picture)
        for box, colour, when in self.blinking:
            if (phase + when) % 1.0 < 0.4:
                draw.rectangle(box, fill=colour)
        dx = self.margin + self.sway * math.sin(TAU * phase)
        frame.paste(shifted(picture, self.size, dx), (0, 0), shifted(self.mask, self.size, dx))


def aurora(size, palette, seed=1):
    colours = PALETTES[palette]
    width, height = size
    sky = sky_of(size, colours, seed)
    stars = stars_of(size, seed, 160)
    curtains = [(curtain(size, seed + i), rgb(colours["glow"][i]), 1 if i else -1) for i in range(2)]
    layers = land(size, colours, seed + 3, base=0.72, swing=0.08, sway=0.006)
    trees = pines(size, seed, rgb(colours["land"][3]))

    def paint(phase):
        frame = sky.copy()
        paint_stars(frame, stars, phase, width / 800)
        for texture, colour, direction in curtains:
            shift = width * 0.25 + direction * width * 0.05 * math.sin(TAU * phase)
            mask = texture.transform((width // 4, height // 4), Image.Transform.AFFINE,
                                     (1, 0.10 * math.sin(TAU * phase + 1) * direction, shift / 4, 0, 1, 0),
                                     Image.BILINEAR).resize(size, Image.BICUBIC)
            glow = Image.new("RGB", size, colour)
            frame = ImageChops.screen(frame, Image.composite(glow, Image.new("RGB", size), mask))
        for layer in layers[:3]:
            layer.paint(frame, phase)
        trees(frame, phase)
        return frame
    return paint


def curtain(size, seed):
    """A quarter-size mask of a hanging curtain of light, wider than the picture."""
    width, height = size[0] * 3 // 8, size[1] // 4
    shape, detail = ridge(seed, 0.6), ridge(seed + 50, 0.9)
    pixels = bytearray(width * height)
    for x in range(width):
        u = x / height
        foot = height * (0.46 + 0.10 * shape(u * 0.8))
        bright = 150 * (0.55 + 0.45 * detail(u * 2.2))
        tall = height * (0.30 + 0.10 * detail(u * 0.9 + 3))
        for y in range(height):
            above = (foot - y) / tall
            if above < 0:
                value = bright * max(0.0, 1 + above * 7)
            else:
                value = bright * max(0.0, 1 - above) ** 1.6
            pixels[y * width + x] = int(min(255, max(0, value)))
    return Image.frombytes("L", (width, height), bytes(pixels)).filter(ImageFilter.GaussianBlur(2))


def pines(size, seed, colour):
    width, height = size
    chance = random.Random(seed)
    margin = round(0.04 * width)
    full = (width + 2 * margin, height)

    def draw_all(draw, by):
        x = 0.0
        while x < full[0]:
            tall = height * chance.uniform(0.10, 0.22)
            base = height * chance.uniform(0.97, 1.02)
            for i in range(4):
                top, low = base - tall * (1 - i * 0.2), base - tall * (0.62 - i * 0.2)
                half = tall * (0.09 + 0.045 * i)
                draw.polygon(scaled([(x, top), (x + half, low), (x - half, low)], by), fill=255)
            x += width * chance.uniform(0.03, 0.075) * (1 if width > height else 1.7)
        draw.rectangle([0, height * 0.955 * by, full[0] * by, height * by], fill=255)
    mask = mask_of(full, draw_all)

    def paint(frame, phase):
        frame.paste(colour, (0, 0), shifted(mask, size, margin * (1 + 0.8 * math.sin(TAU * phase))))
    return paint


def dunes(size, palette, seed=1, balloons=1):
    colours = PALETTES[palette]
    width, height = size
    sky = sky_of(size, colours, seed)
    layers = land(size, colours, seed, base=0.66, swing=0.07, sway=0.010, roughness=0.22)
    chance = random.Random(seed)
    fleet = [((i + 0.6) / (balloons + 0.2) + chance.uniform(-0.05, 0.05), chance.uniform(0.25, 0.42),
              chance.uniform(0.09, 0.16), chance.random()) for i in range(balloons)]

    def paint(phase):
        frame = sky.copy()
        disc(frame, (0.24 * width, (0.30 + 0.015 * math.cos(TAU * phase)) * height), min(size) * 0.075,
             rgb(colours["light"]), 0.6)
        for layer in layers[:2]:
            layer.paint(frame, phase)
        for x, y, r, when in fleet:
            centre = ((x + 0.02 * math.sin(TAU * (phase + when))) * width,
                      (y + 0.025 * math.cos(TAU * (phase + when))) * height)
            paint_balloon(frame, centre, r * height, colours)
        for layer in layers[2:]:
            layer.paint(frame, phase)
        return frame
    return paint


def paint_balloon(frame, centre, radius, colours):
    side = math.ceil(radius * 3.4)
    corner = (math.floor(centre[0] - side / 2), math.floor(centre[1] - side / 2))
    cx, cy = centre[0] - corner[0], centre[1] - corner[1] - radius * 0.2

    def envelope(part):
        def paint(draw, by):
            draw.pieslice([(cx - radius * part) * by, (cy - radius) * by, (cx + radius * part) * by,
                           (cy + radius) * by], 180, 360, fill=255)
            draw.polygon(scaled([(cx - radius * part, cy), (cx + radius * part, cy),
                                 (cx + radius * 0.16 * part, cy + radius * 1.15),
                                 (cx - radius * 0.16 * part, cy + radius * 1.15)], by), fill=255)
        return mask_of((side, side), paint)
    red, cream = rgb(colours["land"][2]), rgb(colours["light"])
    for part, colour in ((1.0, red), (0.72, cream), (0.42, mix(red, cream, 0.25)), (0.14, cream)):
        frame.paste(colour, corner, envelope(part))
    basket = mask_of((side, side), lambda draw, by: draw.rectangle(
        [(cx - radius * 0.13) * by, (cy + radius * 1.3) * by, (cx + radius * 0.13) * by,
         (cy + radius * 1.5) * by], fill=255))
    frame.paste(rgb(colours["land"][3]), corner, basket)


def viaduct(size, palette, seed=1):
    colours = PALETTES[palette]
    width, height = size
    sky, layers = sky_of(size, colours, seed), land(size, colours, 23, base=0.58, sway=0.006)
    deck, foot = 0.60 * height, 0.93 * height
    stone, dark = mix(rgb(colours["land"][0]), (255, 244, 224), 0.30), rgb(colours["land"][3])

    def arches(draw, by):
        draw.rectangle([0, deck * by, width * by, foot * by], fill=255)
        bay = width / 7
        for i in range(8):
            left, right = (i - 0.42) * bay, (i + 0.42) * bay
            draw.rectangle([left * by, (deck + 0.13 * height) * by, right * by, foot * by], fill=0)
            draw.pieslice([left * by, (deck + 0.04 * height) * by, right * by,
                           (deck + 0.04 * height + (right - left)) * by], 180, 360, fill=0)
    stones = mask_of(size, arches)
    shade = gradient(size, [stone, stone, mix(stone, dark, 0.45)], seed)

    def paint(phase):
        frame = sky.copy()
        disc(frame, (0.70 * width, (0.22 + 0.015 * math.cos(TAU * phase)) * height), min(size) * 0.08,
             rgb(colours["light"]), 0.6)
        for layer in layers[:2]:
            layer.paint(frame, phase)
        paint_train(frame, size, deck, phase, colours)
        frame.paste(shade, (0, 0), stones)
        for layer in layers[3:]:
            layer.paint(frame, phase)
        return frame
    return paint


def paint_train(frame, size, deck, phase, colours):
    width, height = size
    unit = height * 0.052
    length = unit * 20
    nose = -0.05 * width + phase * (1.1 * width + length)
    overlay = Image.new("L", (width // 2, height // 2), 0)
    puffs = ImageDraw.Draw(overlay)
    for i in range(26):
        age = i / 26
        x, y = nose - unit * (1.2 + 13 * age), deck - unit * (1.7 + 2.4 * age + 0.25 * math.sin(i * 2.4))
        r = unit * (0.22 + 0.85 * age)
        puffs.ellipse(scaled([(x - r, y - r), (x + r, y + r)], 0.5)[0]
                      + scaled([(x - r, y - r), (x + r, y + r)], 0.5)[1], fill=round(190 * (1 - age) ** 1.3))
    overlay = overlay.filter(ImageFilter.GaussianBlur(2)).resize(size, Image.BILINEAR)
    frame.paste((255, 250, 240), (0, 0), overlay)
    left = math.floor(nose - length) - 2
    box = (math.ceil(length) + 6, math.ceil(unit * 2.4))
    base = box[1]

    def at(x, y):  # x back from the nose, y up from the rails
        return nose - left - x * unit, base - y * unit

    def rect(draw, by, x1, x2, y1, y2):
        (ax, ay), (bx, by_) = at(x2, y2), at(x1, y1)
        draw.rectangle([ax * by, ay * by, bx * by, by_ * by], fill=255)

    def engine(draw, by):
        rect(draw, by, 0.1, 2.2, 0.35, 1.05)
        rect(draw, by, 2.2, 3.3, 0.3, 1.6)
        rect(draw, by, 0.9, 1.25, 1.0, 1.6)
        for x in (0.5, 1.3, 2.1, 2.9):
            cx, cy = at(x, 0.28)
            r = unit * 0.27
            draw.ellipse([(cx - r) * by, (cy - r) * by, (cx + r) * by, (cy + r) * by], fill=255)

    def cars(draw, by):
        for i in range(5):
            rect(draw, by, 3.6 + 3.2 * i, 6.6 + 3.2 * i, 0.3, 1.4)

    def windows(draw, by):
        for i in range(5):
            for k in range(4):
                rect(draw, by, 3.85 + 3.2 * i + 0.7 * k, 4.3 + 3.2 * i + 0.7 * k, 0.8, 1.15)
    corner = (left, round(deck) - base)
    for paint, colour in ((cars, rgb(colours["land"][2])), (windows, rgb(colours["light"])),
                          (engine, rgb(colours["land"][3]))):
        frame.paste(colour, corner, mask_of(box, paint))


def reef(size, palette, seed=1):
    colours = PALETTES[palette]
    width, height = size
    water = sky_of(size, colours, seed)
    layers = land(size, colours, seed + 2, base=0.80, swing=0.06, sway=0.008)
    chance = random.Random(seed)
    fade = ImageChops.invert(Image.linear_gradient("L")).resize((width // 2, height // 2), Image.BILINEAR)
    jellies = [(0.32, 0.30, 0.17, 0.0, 0), (0.70, 0.50, 0.12, 0.4, 1), (0.24, 0.66, 0.08, 0.7, 1)]
    bubbles = [(chance.random(), chance.random(), chance.randint(1, 2), chance.uniform(0.004, 0.012))
               for _ in range(26)]

    def paint(phase):
        frame = water.copy()
        rays = Image.new("L", (width // 2, height // 2), 0)
        draw = ImageDraw.Draw(rays)
        for i in range(4):
            x = width * (0.15 + 0.25 * i + 0.02 * math.sin(TAU * phase + i)) / 2
            draw.polygon([(x, 0), (x + width * 0.05, 0), (x + width * 0.02, height * 0.5),
                          (x - width * 0.12, height * 0.5)], fill=36)
        rays = ImageChops.multiply(rays.filter(ImageFilter.GaussianBlur(8)), fade)
        rays = rays.resize(size, Image.BILINEAR)
        frame.paste((255, 255, 255), (0, 0), rays)
        for layer in layers[:2]:
            layer.paint(frame, phase)
        for x, y, r, when, tone in jellies:
            paint_jelly(frame, size, (x, y), r * width, phase + when, rgb(colours["glow"][tone]))
        for layer in layers[2:]:
            layer.paint(frame, phase)
        draw = ImageDraw.Draw(frame, "RGBA")
        for x, y, rises, r in bubbles:
            px = (x + 0.012 * math.sin(TAU * (2 * phase + y))) * width
            py = (y - phase * rises) % 1.0 * height
            draw.ellipse([px - r * width, py - r * width, px + r * width, py + r * width],
                         outline=(235, 255, 255, 150))
        return frame
    return paint


def paint_jelly(frame, size, home, radius, phase, colour):
    width, height = size
    beat = math.sin(TAU * 2 * phase)
    cx, cy = home[0] * width, (home[1] + 0.03 * math.sin(TAU * phase)) * height
    wide, tall = radius * (1 + 0.10 * beat), radius * (0.85 - 0.10 * beat)
    side = math.ceil(radius * 5)
    corner = (math.floor(cx - side / 2), math.floor(cy - side / 3))
    mx, my = cx - corner[0], cy - corner[1]

    def arms(draw, by):
        for i in range(7):
            x = mx + wide * (i - 3) / 3.6
            points = [(x + radius * 0.12 * math.sin(TAU * (phase * 2 + k / 9) + i) * k / 9,
                       my + radius * 2.1 * k / 12) for k in range(13)]
            draw.line(scaled(points, by), fill=130, width=max(2, round(radius * 0.05 * by)))
    frame.paste(colour, corner, mask_of((side, side), arms))
    bell = mask_of((side, side), lambda draw, by: draw.pieslice(
        [(mx - wide) * by, (my - tall) * by, (mx + wide) * by, (my + tall) * by], 180, 360, fill=215))
    frame.paste(colour, corner, bell)
    inner = mask_of((side, side), lambda draw, by: draw.pieslice(
        [(mx - wide * 0.6) * by, (my - tall * 0.66) * by, (mx + wide * 0.6) * by,
         (my + tall * 0.66) * by], 180, 360, fill=90))
    frame.paste((255, 255, 255), corner, inner)


def coat(size, palette, seed=1):
    """A tailor's dummy in a coat: what a try-on task gives back."""
    colours = PALETTES[palette]
    width, height = size
    wall = gradient(size, ["#efe9e1", "#ddd3c6"], seed)
    floor = rgb("#b9a893")
    cloth, dark = rgb(colours["land"][1]), rgb(colours["land"][2])
    light = mix(cloth, (255, 255, 255), 0.18)

    def part(points, colour, frame):
        mask = mask_of(size, lambda draw, by: draw.polygon(
            [(x * width * by, y * height * by) for x, y in points], fill=255))
        frame.paste(colour, (0, 0), mask)

    def paint(_):
        frame = wall.copy()
        part([(0, 0.86), (1, 0.86), (1, 1), (0, 1)], floor, frame)
        part([(0.485, 0.7), (0.515, 0.7), (0.515, 0.93), (0.485, 0.93)], rgb("#5a4636"), frame)
        part([(0.34, 0.93), (0.66, 0.93), (0.64, 0.95), (0.36, 0.95)], rgb("#5a4636"), frame)
        part([(0.455, 0.10), (0.545, 0.10), (0.55, 0.22), (0.45, 0.22)], rgb("#e6d2b8"), frame)
        part([(0.40, 0.20), (0.60, 0.20), (0.74, 0.26), (0.80, 0.60), (0.73, 0.61), (0.66, 0.40),
              (0.72, 0.80), (0.28, 0.80), (0.34, 0.40), (0.27, 0.61), (0.20, 0.60), (0.26, 0.26)], cloth, frame)
        part([(0.50, 0.34), (0.60, 0.20), (0.66, 0.30), (0.56, 0.46)], dark, frame)
        part([(0.50, 0.34), (0.40, 0.20), (0.34, 0.30), (0.44, 0.46)], light, frame)
        part([(0.455, 0.20), (0.545, 0.20), (0.50, 0.34)], rgb("#f6f0e4"), frame)
        part([(0.495, 0.34), (0.505, 0.34), (0.51, 0.80), (0.49, 0.80)], dark, frame)
        part([(0.325, 0.50), (0.675, 0.50), (0.68, 0.53), (0.32, 0.53)], dark, frame)
        draw = ImageDraw.Draw(frame)
        for y in (0.44, 0.58, 0.66):
            r = width * 0.011
            draw.ellipse([width * 0.54 - r, height * y - r, width * 0.54 + r, height * y + r], fill=rgb("#f0e0b8"))
        return frame
    return paint
