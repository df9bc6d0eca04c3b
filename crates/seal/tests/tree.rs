//! The tree against the definition in RFC 6962, written naively here: roots, the edge and its reloading.

mod common;

use common::{Store, leaf, leaves, naive_root};
use proptest::prelude::*;
use seal::{Accumulator, Edge, SealError, Tile};
use tlog_tiles::Tile as Place;

#[test]
fn every_size_to_600_has_the_naive_root_and_reloads() {
    let mut store = Store::default();
    let mut edge = Edge::empty();
    let mut stream = Accumulator::new();
    for size in 0..=600 {
        let root = naive_root(0, size);
        assert_eq!(edge.root(), root, "edge of {size}");
        assert_eq!(
            (stream.size(), stream.root()),
            (size, root),
            "accumulator of {size}"
        );
        let reloaded = store.edge(size).unwrap();
        assert_eq!((reloaded.size(), reloaded.root()), (size, root));
        assert_eq!(reloaded, edge, "reloaded at {size}");

        // From now on the reloaded edge grows, so what it gives out is tested as well.
        edge = reloaded;
        store.put(edge.append(&[leaf(size)]));
        stream.push(&leaf(size));
    }
}

#[test]
fn one_batch_gives_the_tiles_and_root_of_many() {
    let mut single = (Edge::empty(), Store::default());
    for i in 0..600 {
        let tiles = single.0.append(&[leaf(i)]);
        single.1.put(tiles);
    }
    for batch in [1, 7, 255, 256, 257, 599, 600] {
        let mut edge = Edge::empty();
        let mut store = Store::default();
        while edge.size() < 600 {
            let before = edge.size();
            let tiles = edge.append(&leaves(before..(before + batch).min(600)));
            let expected: Vec<_> = Place::new_tiles(8, before, edge.size())
                .iter()
                .map(|t| (t.level(), t.level_index(), t.width() as usize * 32))
                .collect();
            let touched: Vec<_> = tiles.iter().map(|t| (t.level, t.index, t.data.len())).collect();
            assert_eq!(touched, expected, "{before} to {}", edge.size());
            store.put(tiles);
        }
        assert_eq!((&edge, &store), (&single.0, &single.1), "batches of {batch}");
    }
    assert_eq!(Edge::empty().append(&[]), []);
}

#[test]
fn the_second_level_of_tiles_fills_at_65536() {
    let mut edge = Edge::empty();
    let mut stream = Accumulator::new();
    let mut store = Store::default();
    store.put(edge.append(&leaves(0..65_530)));
    leaves(0..65_530).iter().for_each(|leaf| stream.push(leaf));
    for size in 65_530..65_545 {
        assert_eq!(edge.root(), stream.root(), "size {size}");
        assert_eq!(edge, store.edge(size).unwrap(), "size {size}");
        store.put(edge.append(&[leaf(size)]));
        stream.push(&leaf(size));
    }
    store.put(edge.append(&leaves(65_545..66_100)));
    assert_eq!(edge.root(), naive_root(0, 66_100));
    assert_eq!(Edge::needed(65_536), [(2, 0)]);
    assert_eq!(Edge::needed(66_100), [(0, 258), (1, 1), (2, 0)]);
}

#[test]
fn an_edge_is_loaded_from_exactly_its_tiles() {
    let mut whole = Edge::empty();
    let tiles: Vec<Tile> = whole
        .append(&leaves(0..600))
        .into_iter()
        .filter(|t| Edge::needed(600).contains(&(t.level, t.index)))
        .collect();
    assert_eq!(tiles.len(), 2);
    assert_eq!(Edge::load(600, tiles.iter().rev().cloned().collect()), Ok(whole));

    let refused = |size, tiles: &[Tile]| Edge::load(size, tiles.to_vec()).unwrap_err();
    assert_eq!(
        refused(600, &tiles[1..]),
        SealError::TileMissing { level: 0, index: 2 }
    );
    assert_eq!(
        refused(600, &tiles[..1]),
        SealError::TileMissing { level: 1, index: 0 }
    );
    assert_eq!(
        refused(601, &tiles),
        SealError::TileWidth {
            level: 0,
            index: 2,
            expected: 89 * 32,
            found: 88 * 32
        }
    );
    for length in [0, 31, 33, 88 * 32 - 1, 10_000] {
        let mut odd = tiles.clone();
        odd[0].data.resize(length, 0);
        assert!(matches!(refused(600, &odd), SealError::TileWidth { found, .. } if found == length));
    }
    let doubled = [tiles.clone(), tiles[..1].to_vec()].concat();
    assert_eq!(
        refused(600, &doubled),
        SealError::TileUnexpected {
            level: 0,
            index: 2,
            size: 600
        }
    );
    for size in [seal::MAX_TREE_SIZE + 1, u64::MAX] {
        assert_eq!(refused(size, &tiles), SealError::TreeTooLarge { size });
        assert!(Edge::needed(size).len() <= 8);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_batches_give_the_same_tree(batches in prop::collection::vec(0_u64..700, 0..6)) {
        let mut store = Store::default();
        let mut stream = Accumulator::new();
        for batch in batches {
            let mut edge = store.edge(stream.size()).unwrap();
            let new = leaves(stream.size()..stream.size() + batch);
            store.put(edge.append(&new));
            new.iter().for_each(|leaf| stream.push(leaf));
            prop_assert_eq!((edge.size(), edge.root()), (stream.size(), stream.root()));
        }
    }
}
