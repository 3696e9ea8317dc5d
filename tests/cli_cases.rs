//! The program as its user runs it: commands, output and exit codes as data in `tests/cli/`.

#[test]
fn cases() {
    trycmd::TestCases::new()
        .case("tests/cli/*.trycmd")
        .case("tests/cli/*.toml")
        // Nothing of the machine that runs the tests may count.
        .env("HOME", "/nonexistent")
        .env("CAVEAT_CONFIG", "")
        .env("CAVEAT_OUTPUT_FORMAT", "")
        .env("NO_COLOR", "")
        .env("CLICOLOR_FORCE", "")
        .env("TERM", "dumb");
}
