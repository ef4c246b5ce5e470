//! Tells cargo that the laws are part of this crate: a changed law must never stay out of the program.

fn main() {
    println!("cargo::rerun-if-changed=../../laws");
}
