//! What a process that reads foreign files may use up.

/// So much memory it may ask for, in bytes.
#[cfg(unix)]
const MEMORY: u64 = 1024 * 1024 * 1024;
/// So long it may compute, in seconds.
#[cfg(unix)]
const CPU: u64 = 20;

/// Confines this process for good: its memory, its time, and that it writes no file.
///
/// # Errors
/// If the system refuses.
#[cfg(unix)]
pub fn confine() -> std::io::Result<()> {
    use rlimit::Resource;
    for (resource, most) in [(Resource::AS, MEMORY), (Resource::CPU, CPU), (Resource::FSIZE, 0), (Resource::CORE, 0)] {
        let (_, hard) = resource.get()?;
        resource.set(most.min(hard), most.min(hard))?;
    }
    Ok(())
}

/// Nothing to confine with here; the time limit of [`crate::apart`] holds all the same.
///
/// # Errors
/// None.
#[cfg(not(unix))]
pub fn confine() -> std::io::Result<()> {
    Ok(())
}
