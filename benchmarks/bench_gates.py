"""How long one decision takes, without the database: `python -m benchmarks.bench_gates`. Aim: 12 checks under 0.2 ms."""

import statistics
import time
from dataclasses import replace

from linli.rules.gates.decide import decide
from linli.rules.policy.models import Act, Procedure
from tests.rules.gates.scenes import COMMUNITY, READY, TODAY, rules


class _Twelve:
    """The rules of the tests, with the gate's checks repeated until there are twelve."""

    def __init__(self) -> None:
        self._rules = rules()
        procedure = self._rules.procedure("micro_project", TODAY)
        act = procedure.acts["determine"]
        checks = tuple((act.checks * 12)[:12])
        self._procedure = replace(procedure, acts={**procedure.acts, "determine": replace(act, checks=checks)})
        self.act: Act = self._procedure.acts["determine"]

    def procedure(self, id: str, on: object) -> Procedure:
        return self._procedure

    def __getattr__(self, name: str) -> object:
        return getattr(self._rules, name)


def main() -> None:
    under = _Twelve()

    def once() -> None:
        decide(under, "micro_project", "determine", state="evaluated", actor=COMMUNITY, on=TODAY, readings=READY)  # type: ignore[arg-type]

    once()
    rounds = []
    for _ in range(20):
        begun = time.perf_counter()
        for _ in range(500):
            once()
        rounds.append((time.perf_counter() - begun) / 500 * 1000)
    print(
        f"one gate, {len(under.act.checks)} checks: median {statistics.median(rounds):.3f} ms, worst round {max(rounds):.3f} ms"
    )


if __name__ == "__main__":
    main()
