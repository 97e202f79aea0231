"""Reads JUnit XML with junitparser, and prints what it found as JSON."""

import json
import sys

from junitparser import JUnitXml

xml = JUnitXml.fromfile(sys.argv[1])
suites = []
for suite in xml:
    cases = []
    for case in suite:
        cases.append({
            "name": case.name,
            "classname": case.classname,
            "time": case.time,
            "results": [
                {"kind": type(result).__name__, "message": result.message, "type": result.type, "text": result.text}
                for result in case.result
            ],
            "output": case.system_out,
        })
    suites.append({
        "name": suite.name, "tests": suite.tests, "failures": suite.failures, "errors": suite.errors,
        "skipped": suite.skipped, "time": suite.time, "cases": cases, "warnings": suite._elem.findtext("system-err"),
    })

# The sums that the parser makes itself from what it read must be those that the file states.
stated = [xml.tests, xml.failures, xml.errors, xml.skipped]
xml.update_statistics()
counted = [xml.tests, xml.failures, xml.errors, xml.skipped]
json.dump({"suites": suites, "stated": stated, "counted": counted}, sys.stdout)
