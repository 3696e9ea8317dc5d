//! Hooks in real repositories, with every git on this machine.

mod ceiling;
mod commands;
mod guide;
mod install;
mod leaving;
mod message;
mod repository;
mod runners;
mod settings;
mod staged;
