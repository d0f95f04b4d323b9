#!/usr/bin/env python3
"""The lint of sources refuses what it is there to refuse, and nothing beside it."""
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "scripts" / "lib"))
import lint_sources  # noqa: E402

BYTEWISE = ") ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;"


class Sources(unittest.TestCase):
    def refuses(self, name, *texts):
        for text in texts:
            with self.subTest(text=text[:80]):
                self.assertEqual(len(list(lint_sources.faults(name, text))), 1)

    def takes(self, name, *texts):
        for text in texts:
            with self.subTest(text=text[:80]):
                self.assertEqual(list(lint_sources.faults(name, text)), [])

    def test_files_have_an_end(self):
        for name in ("services/a.cpp", "services/a.hpp", "scripts/a.py", "services/web/A.vue"):
            self.takes(name, "\n" * 400)
            self.refuses(name, "\n" * 401)

    def test_somebody_looks_at_every_property(self):
        self.refuses("a.cpp", "{\n    rc::check([] {});\n}", "f();\nrc::check(\"all\", [] {});", "{  // why\n  rc::check([] {});",
                     "if (deep) rc::check([] {});")
        self.takes("a.cpp", "EXPECT_TRUE(rc::check([] {}));", "return rc::check([] {});", "const bool held =\n    rc::check([] {});")

    def test_cases_are_told_apart(self):
        self.refuses("a.cpp", "INSTANTIATE_TEST_SUITE_P(All, Suite, testing::Values(Case{1, 2}, Case{\"a,)\", 3}));")
        self.takes("a.cpp", "INSTANTIATE_TEST_SUITE_P(All, Suite, testing::Values(Case{1, 2}),\n    [](const auto& c) { return f(c, 1); });",
                   "void PrintTo(const Case& c, std::ostream* out) {}\nINSTANTIATE_TEST_SUITE_P(All, Suite, testing::Values(1));")

    def test_schemas_run_twice(self):
        self.refuses(
            "a.sql", "CREATE TABLE a (\n  b INT\n" + BYTEWISE, "CREATE INDEX a ON b (c);", "ALTER TABLE a ADD COLUMN b INT;", "alter table a add column b int;",
            "ALTER TABLE a ADD UNIQUE KEY b (c);", "ALTER TABLE a DROP COLUMN b;", "ALTER TABLE a ADD CONSTRAINT b CHECK (c > 0);",
            "INSERT INTO a (b) VALUES (1);", "UPDATE a SET b = b + 1;", "UPDATE a SET b = CONCAT(b, 'c');", "RENAME TABLE a TO b;",
            "CREATE TABLE IF NOT EXISTS a (\n  b INT\n) ENGINE = InnoDB;", "ALTER TABLE a MODIFY b CHAR(3) CHARACTER SET ascii NOT NULL;")
        self.takes(
            "a.sql", "CREATE TABLE IF NOT EXISTS a (\n  b INT\n" + BYTEWISE, "-- We ADD COLUMN b; INSERT too.\nALTER TABLE a ADD COLUMN IF NOT EXISTS b INT;",
            "ALTER TABLE a DROP CONSTRAINT IF EXISTS b;\nALTER TABLE a ADD CONSTRAINT b CHECK (c > 0);",
            "ALTER TABLE a ADD CONSTRAINT IF NOT EXISTS b CHECK (c > 0);", "INSERT INTO a (b) VALUES (1) ON DUPLICATE KEY UPDATE b = b;", "UPDATE a SET b = 1;")


if __name__ == "__main__":
    unittest.main()
