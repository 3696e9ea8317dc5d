//! The runners of hooks, each from a local repository: `pre-commit`, `prek`, `lefthook`. Where one is not on this
//! machine its test says so and passes.

use super::guide::{block, on_path};
use super::repository::{CLEAN, FAULT, Scratch, first_git, is_here, write};
use std::path::Path;

const ABOVE: &str = "telegram/portion-above-header";

/// A repository with the configuration of a runner, and a repository of hooks beside it.
fn configured(ids: &[&str]) -> Scratch {
    let scratch = Scratch::new(&first_git());
    let house = scratch.beside("caveat-hooks");
    write(
        &house.join(".pre-commit-hooks.yaml"),
        include_str!("../../.pre-commit-hooks.yaml"),
    );
    let place = scratch.at(&house);
    place.git(&["init", "-q"]).done();
    place.git(&["add", "."]).done();
    place.git(&["commit", "-q", "-m", "Hooks"]).done();
    let commit = place.git(&["rev-parse", "HEAD"]).done();
    let mut text = format!(
        "repos:\n  - repo: {}\n    rev: {}\n    hooks:\n",
        house.display(),
        commit.out.trim()
    );
    for id in ids {
        text += "      - id: ";
        text += id;
        text.push('\n');
    }
    scratch.stage(".pre-commit-config.yaml", text);
    scratch
}

/// Commits with a runner that reads `.pre-commit-config.yaml`.
fn runs(program: &str) {
    if !is_here(program) {
        return;
    }
    let scratch = configured(&["caveat-system", "caveat-message"]);
    on_path(&scratch);
    let install = ["install", "-t", "pre-commit", "-t", "commit-msg"];
    let place = scratch.at(scratch.folder());
    place.run(program, &install, "").done();
    scratch.stage("a.txt", FAULT);
    scratch.commit("x").refused(&["a.txt:", ABOVE]);
    scratch.write("a.txt", CLEAN);
    scratch.commit("The index decides").refused(&["a.txt:"]);
    scratch.git(&["add", "a.txt"]).done();
    scratch.commit(FAULT).refused(&["commit message:"]);
    scratch.commit("Clean").done();
    scratch.stage("caveat.toml", "extend-exclude = ['b.txt']\n");
    scratch.stage("b.txt", FAULT);
    scratch.commit("Excluded").done();
    place.run(program, &["run", "--all-files"], "").done();
    let guarded = configured(&["caveat-ceiling"]);
    on_path(&guarded);
    let place = guarded.at(guarded.folder());
    place.run(program, &["install"], "").done();
    guarded.stage("convoy.rs", "// SECRET//NOFORN\n");
    guarded
        .commit("x")
        .refused(&["convoy.rs:1:", "core/ceiling"]);
    guarded.stage("convoy.rs", "// (S) SECRET_KEY\n");
    guarded.commit("Clean").done();
}

#[test]
fn pre_commit_runs_the_hooks() {
    runs("pre-commit");
}

#[test]
fn prek_runs_the_hooks() {
    runs("prek");
}

#[test]
fn lefthook_runs_the_hooks_as_the_guide_says() {
    if !is_here("lefthook") {
        return;
    }
    let scratch = Scratch::new(&first_git());
    on_path(&scratch);
    scratch.remote();
    scratch.stage("lefthook.yml", block("yaml lefthook"));
    scratch
        .at(scratch.folder())
        .run("lefthook", &["install"], "")
        .done();
    // It sets aside what is not staged, and can do so from the second commit on.
    scratch.commit("First").done();
    scratch.stage("a.txt", FAULT);
    scratch.write("a.txt", CLEAN);
    scratch.commit("x").refused(&["a.txt:", ABOVE]);
    scratch.git(&["add", "a.txt"]).done();
    scratch.commit(FAULT).refused(&["commit message:"]);
    scratch.commit("Clean").done();
    scratch.git(&["push", "-q", "origin", "main"]).done();
    scratch.stage("b.txt", FAULT);
    scratch
        .git(&["commit", "-q", "--no-verify", "-m", "x"])
        .done();
    scratch
        .git(&["push", "-q", "origin", "main"])
        .refused(&["b.txt:", "nothing was pushed"]);
}

#[test]
fn the_recipes_for_ci_are_what_their_services_read() {
    if !is_here("check-jsonschema") {
        return;
    }
    let scratch = Scratch::without(&first_git());
    let recipes = [
        ("yaml github", "vendor.github-workflows", "workflow.yml"),
        ("yaml gitlab", "vendor.gitlab-ci", "gitlab-ci.yml"),
    ];
    for (language, schema, name) in recipes {
        scratch.write(name, block(language));
        check(&scratch, schema, Path::new(name));
    }
}

fn check(scratch: &Scratch, schema: &str, file: &Path) {
    let file = file.to_str().expect("a plain name");
    let place = scratch.at(scratch.folder());
    place
        .run("check-jsonschema", &["--builtin-schema", schema, file], "")
        .done();
}

#[test]
fn the_recipes_for_ci_find_what_a_branch_adds() {
    let scratch = Scratch::new(&first_git());
    on_path(&scratch);
    scratch.remote();
    scratch.stage("a.txt", CLEAN);
    scratch.commit("First").done();
    scratch.git(&["push", "-q", "origin", "main"]).done();
    scratch.git(&["switch", "-q", "-c", "topic"]).done();
    let script = |language: &str| {
        let block = block(language);
        let at = block
            .rfind("echo \"HEAD")
            .expect("the recipe examines commits");
        let lines = block.get(at..).expect("it is text").lines().take(2);
        lines.map(str::trim).collect::<Vec<_>>().join("\n")
    };
    for (language, ci) in [
        ("yaml github", ""),
        (
            "yaml gitlab",
            "CI_DEFAULT_BRANCH=main CI_COMMIT_SHA=$(git rev-parse HEAD)\n",
        ),
    ] {
        let script = format!("{ci}{}", script(language));
        let run = || {
            scratch
                .at(scratch.folder())
                .run("bash", &["-euo", "pipefail", "-c", &script], "")
        };
        run().done();
        scratch.stage("b.txt", FAULT);
        scratch.commit("Spill").done();
        scratch.stage("b.txt", CLEAN);
        scratch.commit("Taken back").done();
        run().refused(&[":b.txt:", ABOVE]);
        scratch.git(&["reset", "-q", "--hard", "main"]).done();
    }
}

#[test]
#[ignore = "builds caveat anew, which takes minutes"]
fn pre_commit_builds_caveat_from_its_repository() {
    if !is_here("pre-commit") {
        return;
    }
    let scratch = Scratch::new(&first_git());
    let house = env!("CARGO_MANIFEST_DIR");
    let commit = scratch
        .at(Path::new(house))
        .git(&["rev-parse", "HEAD"])
        .done();
    let text = format!(
        "repos:\n  - repo: {house}\n    rev: {}\n    hooks:\n      - id: caveat-src\n",
        commit.out.trim()
    );
    scratch.stage(".pre-commit-config.yaml", text);
    scratch.stage("a.txt", FAULT);
    let place = scratch.at(scratch.folder());
    place
        .run("pre-commit", &["run"], "")
        .refused(&["a.txt:", ABOVE]);
    scratch.stage("a.txt", CLEAN);
    place.run("pre-commit", &["run"], "").done();
}
