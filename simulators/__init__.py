"""Stand-ins for other people's systems, and the synthetic patients in them.

Three HTTP servers answer as `docs/sources.md` says that kjernejournal, the medication source and a
hospital answer. This package and the gateway import nothing of each other: what they share is the
contract and the payloads in `tests/payloads/`, written by hand from the published descriptions.

    python -m simulators build --world world.json      makes the patients
    python -m simulators serve hospital --port 8103 --world world.json

A test serves one on a free port:

    async with serving.serve(hospital.create_app(world)) as address: ...
"""
