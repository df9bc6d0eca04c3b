//! Inclusion and consistency: what is made verifies, what is changed does not, and nothing panics.

mod common;

use std::cell::RefCell;
use std::collections::BTreeSet;

use common::{Store, leaf, naive_root};
use proptest::prelude::*;
use seal::{
    Digest, MAX_TREE_SIZE, SealError, consistency_tiles, inclusion_tiles, prove_consistency, prove_inclusion,
    verify_consistency, verify_inclusion,
};

#[test]
fn every_leaf_of_every_small_tree_is_proven() {
    let store = Store::of(70);
    for size in 1..=70 {
        let root = naive_root(0, size);
        for index in 0..size {
            let path = prove_inclusion(index, size, &store.read()).unwrap();
            assert_eq!(verify_inclusion(&leaf(index), index, size, &path, &root), Ok(()));
            assert!(verify_inclusion(&leaf(index + 1), index, size, &path, &root).is_err());
            assert!(verify_inclusion(&leaf(index), (index + 1) % (size + 1), size, &path, &root).is_err());
        }
        assert_eq!(
            prove_inclusion(size, size, &store.read()),
            Err(SealError::NotInTree { index: size, size })
        );
    }
}

#[test]
fn every_pair_of_small_trees_is_consistent() {
    let store = Store::of(70);
    let roots: Vec<Digest> = (0..=70).map(|size| naive_root(0, size)).collect();
    for new in 0..=70_u64 {
        for old in 0..=new {
            let path = prove_consistency(old, new, &store.read()).unwrap();
            let (old_root, new_root) = (roots[old as usize], roots[new as usize]);
            assert_eq!(
                verify_consistency(old, new, &old_root, &new_root, &path),
                Ok(()),
                "{old} {new}"
            );
            let other = leaf(0);
            assert!(verify_consistency(old, new, &Digest(other), &new_root, &path).is_err());
            assert!(old == 0 || verify_consistency(old, new, &old_root, &Digest(other), &path).is_err());
            assert_eq!(
                old < new,
                verify_consistency(new, old, &new_root, &old_root, &path).is_err()
            );
        }
    }
}

#[test]
fn large_trees_are_proven_from_the_tiles_named() {
    let store = Store::of(66_000);
    for size in [255, 256, 257, 600, 65_535, 65_536, 65_537, 66_000] {
        let root = naive_root(0, size);
        for index in [0, 1, 254, 255, 256, 511, 512, 65_279, 65_535, 65_536, size - 1] {
            if index >= size {
                continue;
            }
            let (path, read) = watched(&store, |tiles| prove_inclusion(index, size, tiles));
            assert_eq!(
                verify_inclusion(&leaf(index), index, size, &path, &root),
                Ok(()),
                "{index} of {size}"
            );
            assert_eq!(inclusion_tiles(index, size), read, "{index} of {size}");
        }
        for old in [1, 255, 256, 300, 65_535, 65_536, size] {
            if old > size {
                continue;
            }
            let (path, read) = watched(&store, |tiles| prove_consistency(old, size, tiles));
            let old_root = naive_root(0, old);
            assert_eq!(
                verify_consistency(old, size, &old_root, &root, &path),
                Ok(()),
                "{old} to {size}"
            );
            assert_eq!(consistency_tiles(old, size), read, "{old} to {size}");
        }
    }
}

type Tiles<'a> = &'a dyn Fn(u8, u64) -> Option<Vec<u8>>;

/// The path, and the tiles that making it read, each once.
fn watched(
    store: &Store,
    make: impl Fn(Tiles) -> Result<Vec<Digest>, SealError>,
) -> (Vec<Digest>, Vec<(u8, u64)>) {
    let read = RefCell::new(Vec::new());
    let path = make(&|level, index| {
        read.borrow_mut().push((level, index));
        store.read()(level, index)
    });
    let read = read.into_inner();
    let sorted: BTreeSet<_> = read.iter().copied().collect();
    assert_eq!(sorted.len(), read.len(), "a tile was read twice");
    (path.unwrap(), sorted.into_iter().collect())
}

#[test]
fn every_bit_of_a_path_counts() {
    let store = Store::of(600);
    let (old, size, index) = (333, 600, 77);
    let (old_root, root) = (naive_root(0, old), naive_root(0, size));
    let inclusion = prove_inclusion(index, size, &store.read()).unwrap();
    let consistency = prove_consistency(old, size, &store.read()).unwrap();
    let included = |path: &[Digest]| verify_inclusion(&leaf(index), index, size, path, &root);
    let consistent = |path: &[Digest]| verify_consistency(old, size, &old_root, &root, path);
    for (path, check) in [
        (
            &inclusion,
            &included as &dyn Fn(&[Digest]) -> Result<(), SealError>,
        ),
        (&consistency, &consistent),
    ] {
        assert_eq!(check(path), Ok(()));
        for at in 0..path.len() {
            for byte in 0..32 {
                let mut changed = path.clone();
                changed[at].0[byte] ^= 1;
                assert!(check(&changed).is_err(), "hash {at} byte {byte}");
            }
            let mut shorter = path.clone();
            shorter.remove(at);
            assert!(check(&shorter).is_err());
        }
        assert!(check(&[path.as_slice(), &[Digest::ZERO]].concat()).is_err());
        assert!(check(&vec![Digest::ZERO; 100_000]).is_err());
    }
}

#[test]
fn bad_tiles_are_named() {
    let store = Store::of(600);
    let prove = |tiles: Tiles| prove_inclusion(77, 600, tiles);
    assert_eq!(
        prove(&|_, _| None),
        Err(SealError::TileMissing { level: 0, index: 0 })
    );
    for length in [0, 1, 31, 32 * 256 - 1, 32 * 256 + 32] {
        let cut = |level, index| {
            let mut data = store.read()(level, index)?;
            data.resize(length, 0);
            Some(data)
        };
        assert!(
            matches!(prove(&cut), Err(SealError::TileWidth { level: 0, index: 0, found, .. }) if found == length)
        );
    }
    let zeros = prove(&|_, _| Some(vec![0; 32 * 256])).unwrap();
    assert!(verify_inclusion(&leaf(77), 77, 600, &zeros, &naive_root(0, 600)).is_err());
}

#[test]
fn absurd_sizes_are_refused() {
    let store = Store::of(3);
    for size in [MAX_TREE_SIZE + 1, 1 << 63, u64::MAX] {
        let refused = SealError::TreeTooLarge { size };
        assert_eq!(prove_inclusion(0, size, &store.read()), Err(refused.clone()));
        assert_eq!(prove_consistency(1, size, &store.read()), Err(refused.clone()));
        assert_eq!(
            verify_inclusion(&leaf(0), 0, size, &[], &Digest::ZERO),
            Err(refused.clone())
        );
        assert_eq!(
            verify_consistency(1, size, &Digest::ZERO, &Digest::ZERO, &[]),
            Err(refused)
        );
        assert_eq!(
            (inclusion_tiles(0, size), consistency_tiles(1, size)),
            (vec![], vec![])
        );
    }
    assert_eq!(
        prove_consistency(4, 3, &store.read()),
        Err(SealError::Shrunk { old: 4, new: 3 })
    );
    assert_eq!(inclusion_tiles(3, 3), []);
    let last = MAX_TREE_SIZE - 1;
    assert!(verify_inclusion(&leaf(0), last, MAX_TREE_SIZE, &[Digest::ZERO; 48], &Digest::ZERO).is_err());
    assert_eq!(
        prove_inclusion(last, MAX_TREE_SIZE, &|_, _| Some(vec![0; 8192]))
            .unwrap()
            .len(),
        48
    );
}

proptest! {
    #[test]
    fn hostile_paths_neither_pass_nor_panic(
        index: u64, size: u64, root: [u8; 32], path in prop::collection::vec(any::<[u8; 32]>(), 0..70)
    ) {
        let path: Vec<Digest> = path.into_iter().map(Digest).collect();
        for size in [size, size % 1000, size % MAX_TREE_SIZE] {
            for index in [index, index % size.max(1)] {
                prop_assert!(verify_inclusion(&[1; 32], index, size, &path, &Digest(root)).is_err());
                if index > 0 {
                    prop_assert!(verify_consistency(index, size, &Digest(leaf(1)), &Digest(root), &path).is_err());
                }
            }
        }
    }
}
