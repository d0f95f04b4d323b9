#!/usr/bin/env python3
"""What `scripts/seed` plays of a refund: an order paid to a merchant that was stopped meanwhile, given back, told to who bought.

Set by scripts/lib/with-platform: SHANHAI_TEST_URL, SHANHAI_TEST_VAR.
"""
import pathlib
import re
import subprocess
import sys
import unittest
import urllib.parse

from people import must

ROOT = pathlib.Path(__file__).resolve().parents[2]


def seed():
    run = subprocess.run([ROOT / "scripts" / "seed", "--orders", "3"], text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if run.returncode != 0:
        raise AssertionError(run.stdout)
    return run.stdout


class RefundTest(unittest.TestCase):
    def test_the_sample_year_has_one_order_that_was_paid_and_given_back(self):
        number, key = re.search(r"order (\w+) was paid and refunded: \S+/o/\w+#k=(\S+)", seed()).groups()
        order = must("GET", f"/v1/orders/{number}", headers={"Order-Access-Token": urllib.parse.unquote(key)})[0]
        self.assertEqual(order["state"], "CANCELLED")
        self.assertEqual(order["close_reason"], "merchant-inactive")
        (refund,) = order["refunds"]
        self.assertEqual((refund["state"], refund["amount_fen"]), ("SUCCESS", order["total_fen"]))
        self.assertEqual([one["name"] for one in must("GET", "/v1/merchants?limit=100")[0]["items"] if not one["active"]], [],
                         "the merchant sells on")
        self.assertNotIn("refunded", seed(), "once a platform")


if __name__ == "__main__":
    if sys.argv[1:] == ["--help"]:
        print(__doc__)
        sys.exit(0)
    unittest.main()
