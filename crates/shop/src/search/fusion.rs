//! Several rankings made one, by reciprocal rank.

/// How much the first places count over the rest: the usual constant.
const RANK_OFFSET: f32 = 60.0;

/// Adds one ranking to the fused scores: `weight / (60 + rank)` for every item above `floor`, equal values
/// sharing a rank, so that no ranking prefers what it cannot tell apart.
pub(crate) fn add_ranking(fused: &mut [f32], values: &[f32], floor: f32, weight: f32) {
    let mut order: Vec<usize> = (0..values.len()).filter(|at| values[*at] > floor).collect();
    order.sort_unstable_by(|a, b| values[*b].total_cmp(&values[*a]));
    let mut rank = 0.0;
    let mut last = f32::INFINITY;
    for at in order {
        if last - values[at] > 1e-5 {
            rank += 1.0;
            last = values[at];
        }
        fused[at] += weight / (RANK_OFFSET + rank);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_several_rankings_find_comes_before_the_first_of_one() {
        let mut fused = [0.0; 3];
        add_ranking(&mut fused, &[9.0, 8.0, 0.0], 0.0, 1.0);
        add_ranking(&mut fused, &[0.0, 0.8, 0.9], 0.0, 1.0);
        assert!(fused[1] > fused[0] && fused[1] > fused[2]);
        assert_eq!(fused[0].to_bits(), fused[2].to_bits());
    }

    #[test]
    fn equal_values_share_a_rank() {
        let mut fused = [0.0; 3];
        add_ranking(&mut fused, &[1.0, 1.0, 0.5], 0.0, 1.0);
        assert_eq!(fused[0].to_bits(), fused[1].to_bits());
        assert!(fused[2] < fused[1]);
    }
}
