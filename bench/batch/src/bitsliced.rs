pub fn run(_: &crate::cases::Cases) -> Vec<(u64, u64)> { Vec::new() }
