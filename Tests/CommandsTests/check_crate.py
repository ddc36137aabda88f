#!/usr/bin/env python3
"""Validates an RO-Crate with other people's validator, offline.

    check_crate.py CONTEXTS FOLDER

All required and recommended checks of RO-Crate 1.1 and of Process Run Crate 0.5 must pass. The two
contexts that a crate names are not asked for from the web: CONTEXTS is the folder with
ro-crate-1.1.jsonld, and of the other one the few terms that crates use are given here. What a crate
says is checked against the terms that its contexts give all the same.
Needs: pip install roc-validator. Exit code 3 says that it is missing.
"""

import json
import sys
from pathlib import Path

try:
    import requests
    from rocrate_validator.models import Severity, ValidationSettings
    from rocrate_validator.services import validate
    from rocrate_validator.utils import document_loader
    from rocrate_validator.utils.http import HttpRequester
except ImportError as error:
    print(f"missing: {error.name}", file=sys.stderr)
    sys.exit(3)

RUN = "https://w3id.org/ro/terms/workflow-run#"
TERMS = ["ContainerImage", "DockerImage", "SIFImage", "containerImage", "registry", "tag", "sha256", "md5", "environment"]


def main(contexts: str, folder: str) -> int:
    known = {
        "https://w3id.org/ro/crate/1.1/context": json.loads(
            Path(contexts, "ro-crate-1.1.jsonld").read_text()
        ),
        "https://w3id.org/ro/terms/workflow-run/context": {
            "@context": {term: RUN + term for term in TERMS}
        },
    }
    original = document_loader._original_source_to_json

    def local(source, *rest, **named):
        if isinstance(source, str) and source in known:
            return known[source], None
        return original(source, *rest, **named)

    def get(requester, url, **named):
        response = requests.Response()
        response.status_code = 200 if url in known else 404
        response.headers["Content-Type"] = "application/ld+json"
        response._content = json.dumps(known.get(url)).encode()
        return response

    # The two places where the validator asks the web.
    document_loader._original_source_to_json = local
    HttpRequester.get = get
    failed = False
    for profile in ("ro-crate-1.1", "process-run-crate-0.5"):
        result = validate(
            ValidationSettings(
                rocrate_uri=folder,
                profile_identifier=profile,
                requirement_severity=Severity.RECOMMENDED,
            )
        )
        for issue in result.get_issues(Severity.RECOMMENDED):
            failed = True
            print(f"{profile}: {issue.severity.name}: {issue.check.identifier}: {issue.message}")
        print(f"{profile}: {len(result.executed_checks)} checks")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
