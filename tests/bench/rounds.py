"""Runs commands in rounds, each once a round and in turn, so that a change of the machine's speed meets all of them."""

import os
import statistics
import subprocess
import sys
import time


def measure(command):
    """Wall seconds and peak memory in MB of one run."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        sys.exit(f"{command[0]} ended with {process.returncode}: {' '.join(command)}")
    return seconds, usage.ru_maxrss / 1024


def report(title, commands, runs):
    """Prints the medians of `commands`, by name, and their ratios to the first one."""
    for command in commands.values():
        measure(command)  # a warm page cache for all
    rounds = [{name: measure(command) for name, command in commands.items()} for _ in range(runs)]
    first = next(iter(commands))
    print(f"\n{title}: {runs} rounds, {os.cpu_count()} processors")
    for name in commands:
        seconds = statistics.median(one[name][0] for one in rounds)
        memory = max(one[name][1] for one in rounds)
        ratio = statistics.median(one[name][0] / one[first][0] for one in rounds)
        print(f"  {name:<15} {seconds * 1000:8.1f} ms  {memory:7.1f} MB  {ratio:6.2f} x the time of {first}")
