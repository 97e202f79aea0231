"""Reads JUnit XML with junitparser, and prints as JSON what it found in each of the given files."""

import json
import sys

from junitparser import JUnitXml


def read(path):
    xml = JUnitXml.fromfile(path)
    suites = [read_suite(suite) for suite in xml]
    # The sums that the parser makes itself from what it read must be those that the file states.
    stated = [xml.tests, xml.failures, xml.errors, xml.skipped]
    xml.update_statistics()
    counted = [xml.tests, xml.failures, xml.errors, xml.skipped]
    return {"suites": suites, "stated": stated, "counted": counted}


def read_suite(suite):
    return {
        "name": suite.name, "tests": suite.tests, "failures": suite.failures, "errors": suite.errors,
        "skipped": suite.skipped, "time": suite.time, "cases": [read_case(case) for case in suite],
        "warnings": suite._elem.findtext("system-err"),
    }


def read_case(case):
    return {
        "name": case.name, "classname": case.classname, "time": case.time, "output": case.system_out,
        "results": [
            {"kind": type(result).__name__, "message": result.message, "type": result.type, "text": result.text}
            for result in case.result
        ],
    }


json.dump([read(path) for path in sys.argv[1:]], sys.stdout)
