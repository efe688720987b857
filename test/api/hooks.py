"""Further checks of schemathesis."""
import os

import schemathesis

ORIGIN = os.environ.get("ORIGIN")


@schemathesis.check
def cors_headers(ctx, response, case):
    """A page of the origin may read the response, and its headers. AWS adds no headers to the responses of an HTTP API itself."""
    if ORIGIN is None or is_of_http_api(response):
        return
    expected_headers = {"access-control-allow-origin": ORIGIN}
    if response.request.method != "OPTIONS":
        expected_headers["access-control-expose-headers"] = "ETag"
    for name, expected in expected_headers.items():
        found = ", ".join(response.headers.get(name, []))
        if expected not in found:
            raise AssertionError(f"the response has {name}: {found or 'none'}, not {expected}")


def is_of_http_api(response):
    return response.status_code >= 400 and "application/json" in ", ".join(response.headers.get("content-type", []))
