"""Says a line of JSON after each step, and goes on when it is told a line."""

import asyncio
import json
import os
import sys
import traceback

LIMIT_SECONDS = 10
_begun = False


class Lacking(Exception):
    """The driver has no such thing."""


def expect(expected, actual):
    if expected != actual:
        raise AssertionError(f"expected {expected!r} but got {actual!r}")


async def step(work):
    """Does the work, a coroutine function with the step's name, which returns what there is to say about it."""
    global _begun
    name = work.__name__.replace("_", " ")
    if _begun and not await asyncio.to_thread(sys.stdin.readline):
        sys.exit(0)
    _begun = True
    running = asyncio.create_task(work())
    try:
        done, _ = await asyncio.wait([running], timeout=LIMIT_SECONDS)
        if not done:
            # What it began may go on, and would spoil the steps that come.
            _say(name, False, "took too long")
            os._exit(1)
        _say(name, True, running.result())
    except Lacking as problem:
        _say(name, None, str(problem))
    except Exception as problem:
        traceback.print_exc()
        _say(name, False, f"{type(problem).__name__} {getattr(problem, 'sqlstate', '')} {problem}")


async def sql_state(work):
    """The SQLSTATE with which the awaitable failed."""
    try:
        await work
        return "no error"
    except Exception as problem:
        state = getattr(problem, "sqlstate", None)
        if state is None:
            raise
        return state


def _say(name, ok, detail):
    print(json.dumps({"name": name, "ok": ok, "detail": detail}), flush=True)
