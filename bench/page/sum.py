import json

book = {}


def load(text):
    global book
    book = json.loads(text)


def total(payload):
    answers = json.loads(payload)["answers"]
    points = 0
    for indicator in book["indicators"]:
        method = indicator["values"][-1]["points"]
        given = answers.get(method.get("answer"))
        worth = method.get("points")
        if isinstance(worth, dict):
            points += worth.get(given, 0)
        elif given is True and isinstance(worth, int):
            points += worth
    return json.dumps({"ok": {"low": points}})
