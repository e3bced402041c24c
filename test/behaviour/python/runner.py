"""Feeds the probes of a folder's driver.py with random inputs and prints what each of them did."""

import asyncio
import importlib
import inspect
import json
import random
import sys

ALPHABETS = (
    "abcxyzABCXYZ019_-.:/ ",
    "abc-_",
    "ABC019-",
    "0123456789",
    "\u0661\u00e9\u017c\u212a\U0001d7d8a0",
    "ab\n\r\t\x00",
    "{}%'\"\\$^",
)


def text(rng, words):
    """Mostly what nearly fits: a word of the fixture, changed a little, or letters of one alphabet."""
    if words and rng.random() < 0.6:
        word = rng.choice(words)
        kind = rng.randrange(8)
        if kind == 0:
            return word + "\n"
        if kind == 1:
            return word[:-1]
        if kind == 2:
            return word.swapcase()
        if kind == 3:
            return word * rng.randrange(1, 60)
        if kind == 4 and word:
            at = rng.randrange(len(word))
            return word[:at] + rng.choice(rng.choice(ALPHABETS)) + word[at + 1 :]
        return word
    alphabet = rng.choice(ALPHABETS)
    return "".join(rng.choice(alphabet) for _ in range(rng.choice((0, 1, 3, 6, 10, 40, 101, 201))))


def value(rng, words, kinds):
    kind = rng.choice(kinds)
    if kind == "text":
        return text(rng, words)
    if kind == "number":
        return rng.choice((0, 1, -1, 5, 12, 100, 144, 255, 1.5, 10**9)) if rng.random() < 0.5 else rng.randrange(-20, 600)
    return rng.choice((None, True, b"ab", [], ["a"], {"a": 1}, ()))


def outcome(probe, argument):
    try:
        result = probe(argument)
        if inspect.isawaitable(result):
            result = asyncio.run(result)
        return "returns " + ascii(result)
    except Exception as error:  # noqa: BLE001 -- whatever it is must be the same afterwards
        return f"raises {type(error).__module__}.{type(error).__qualname__} {ascii(str(error))}"


def main():
    sys.path.insert(0, sys.argv[1])
    driver = importlib.import_module("driver")
    words = getattr(driver, "WORDS", [])
    kinds = getattr(driver, "KINDS", ["text", "text", "text", "text", "other"])
    rng = random.Random(20240607)
    for number in range(500):
        argument = value(rng, words, kinds)
        for name, probe in driver.PROBES.items():
            print(json.dumps([number, name, outcome(probe, argument)]))


main()
