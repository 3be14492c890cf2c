//! The shape of a word: what the uncased pieces lose.

/// The shape class of a word (`model/FORMAT.md`).
pub(crate) fn shape(word: &str) -> usize {
    let (mut letters, mut upper, mut digits) = (0usize, 0usize, false);
    let mut first_upper = false;
    for c in word.chars() {
        if c.is_alphabetic() {
            if letters == 0 {
                first_upper = c.is_uppercase();
            }
            letters += 1;
            upper += usize::from(c.is_uppercase());
        } else {
            digits |= c.is_numeric();
        }
    }
    match (letters, digits) {
        (0, true) => 5,
        (0, false) => 0,
        (_, true) => 7,
        _ if upper == 0 => 1,
        (1, _) => 6,
        _ if first_upper && upper == 1 => 2,
        _ if upper == letters => 3,
        _ => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::shape;

    #[test]
    fn shapes_as_the_format_says() {
        let words = ["--", "talks", "Cairo", "U.S.", "McCain", "10,000", "A", "G7"];
        assert_eq!(words.map(shape), [0, 1, 2, 3, 4, 5, 6, 7]);
    }
}
