"""Loads every object of a reply with Python's json, as a script over the File API begins."""

import json
import os
import sys

directory = sys.argv[1]
objects = []
for name in sorted(os.listdir(directory)):
    if name.endswith(".json"):
        with open(os.path.join(directory, name), "rb") as file:
            objects.append(json.load(file))
print(sum(len(o.get("dependencies", ())) for o in objects), "entries of dependencies")
