//! Chance with a seed: the demo city is the same city every time it is made.
//!
//! SplitMix64 (Steele, Lea and Flood 2014): a few lines, good enough for stories, and the same on every machine and for every
//! version of this program. Nothing secret is ever drawn from here: keys and tokens come from `app::Ids`.

#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    pub fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 up to but not 1.
    #[allow(clippy::cast_precision_loss, reason = "53 bits are what a double holds")]
    pub fn share(&mut self) -> f64 {
        (self.draw() >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub fn happens(&mut self, share: f64) -> bool {
        self.share() < share
    }

    /// Both ends included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = high.saturating_sub(low).max(0).unsigned_abs() + 1;
        low + i64::try_from(self.draw() % span).unwrap_or(0)
    }

    pub fn one<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        if of.is_empty() {
            None
        } else {
            of.get(self.index(of.len()))
        }
    }

    /// Below `n`, which is not 0.
    pub fn index(&mut self, n: usize) -> usize {
        usize::try_from(self.draw() % (n.max(1) as u64)).unwrap_or(0)
    }

    /// The place of a weight, drawn in proportion; the last where all are 0.
    pub fn weighted(&mut self, weights: &[f64]) -> usize {
        let mut left = self.share() * weights.iter().sum::<f64>();
        for (at, weight) in weights.iter().enumerate() {
            left -= weight;
            if left < 0.0 {
                return at;
            }
        }
        weights.len().saturating_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use super::Chance;

    #[test]
    fn the_same_seed_gives_the_same_draws_within_their_bounds() {
        let (mut one, mut two) = (Chance::seeded(7), Chance::seeded(7));
        for _ in 0..1_000 {
            let n = one.between(-3, 12);
            assert_eq!(n, two.between(-3, 12));
            assert!((-3..=12).contains(&n));
        }
        assert_ne!(
            Chance::seeded(7).between(0, i64::MAX - 1),
            Chance::seeded(8).between(0, i64::MAX - 1)
        );
    }

    #[test]
    fn weights_are_followed() {
        let mut chance = Chance::seeded(1);
        let mut counts = [0; 3];
        for _ in 0..10_000 {
            counts[chance.weighted(&[1.0, 0.0, 3.0])] += 1;
        }
        assert_eq!(counts[1], 0);
        assert!((2_200..2_800).contains(&counts[0]), "{counts:?}");
    }
}
