//! `anlan log` as an office and a stranger use it, with its exit codes: 0 sound, 1 tampered, 2 could not check.

use crate::{
    city::{City, Engine, read},
    on_both_engines,
    server::Server,
};

const HAZARDS: usize = 12;

fn made(city: &City) {
    let (code, _) = Server::demo(city, HAZARDS).ends_in_order();
    assert_eq!(code, Some(0));
}

fn key(city: &City) -> String {
    city.run(&["log", "key"]).ends_with(0).out.trim().to_owned()
}

on_both_engines! {
    fn a_record_is_verified_and_a_changed_one_named(city: &City) {
        made(city);
        city.run(&["log", "verify"]).ends_with(0).says("存证校验一致");
        let json = city.run(&["log", "verify", "--json", "--key", &key(city)]).ends_with(0);
        let told: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
        assert_eq!((told["sound"].as_bool(), told["unsealed"].as_u64()), (Some(true), Some(0)));

        let hazard = &city.rows(&["id", "number"], "FROM hazard WHERE stage = 'signed_off' ORDER BY id LIMIT 1")[0];
        city.tampers(&format!("UPDATE hazard SET description = '无隐患' WHERE id = '{}'", hazard[0]));
        let audit = city.run(&["log", "verify"]).ends_with(1);
        audit.says(&format!("不符 隐患 hazard {}（{}）：内容与存证不符，已被改动", hazard[0], hazard[1]));
        audit.says("存证校验不一致");
        let json = city.run(&["log", "verify", "--json"]).ends_with(1);
        let told: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
        assert_eq!(told["faults"][0]["id"].as_str(), Some(hazard[0].as_str()));
    }

    fn what_cannot_be_checked_is_neither_sound_nor_tampered(city: &City) {
        if city.engine == Engine::Sqlite {
            city.run(&["log", "verify"]).ends_with(2);
            assert!(!city.sqlite_file().exists(), "a look makes no database");
        }
        made(city);
        let other = city.folder.join("nowhere");
        city.run(&["log", "verify", "--key", "no key"]).ends_with(2).says("公钥格式不对");
        city.run(&["log", "verify", "--against", &other.display().to_string()]).ends_with(2).says("文件无法读取");
        std::fs::rename(city.key_file(), &other).expect("the key can be moved");
        city.run(&["log", "verify"]).ends_with(2).says("签名密钥无法读取");
        assert!(!city.key_file().exists(), "a look makes no key");
    }

    fn a_stranger_checks_a_proof(city: &City) {
        made(city);
        let key = key(city);
        let number = &city.rows(&["number"], "FROM hazard WHERE stage = 'signed_off' ORDER BY id LIMIT 1")[0][0];
        let proof = city.folder.join("proof.json");
        let file = proof.display().to_string();
        city.run(&["log", "prove", number, "--out", &file]).ends_with(0);
        let check = |file: &str, key: &str| {
            let program = std::process::Command::new(env!("CARGO_BIN_EXE_anlan"))
                .args(["log", "check", file, "--key", key])
                .output();
            crate::city::Ran::of(program.expect("the program starts"))
        };
        check(&file, &key).ends_with(0).says("sign_off");
        let key_file = city.folder.join("published.key");
        std::fs::write(&key_file, format!("{key}\n")).expect("a file can be written");
        check(&file, &key_file.display().to_string()).ends_with(0);

        let altered = city.folder.join("altered.json");
        std::fs::write(&altered, read(&proof).replacen("同意", "不同意", 1).replacen("予以", "不予", 1)).expect("a file can be written");
        assert_ne!(read(&altered), read(&proof), "the opinion is in the proof");
        check(&altered.display().to_string(), &key).ends_with(1).says("无效");
        check(&file, "no key").ends_with(2);
        check(&city.folder.join("none.json").display().to_string(), &key).ends_with(2);
        std::fs::write(&altered, "{}").expect("a file can be written");
        check(&altered.display().to_string(), &key).ends_with(2);
        city.run(&["log", "prove", "610902-1999-00001"]).ends_with(2);
    }

    /// Whoever holds database and key can make another history, sound in itself. A checkpoint kept elsewhere tells.
    fn a_kept_checkpoint_tells_of_another_history(city: &City) {
        made(city);
        let kept = city.folder.join("kept.txt");
        let file = kept.display().to_string();
        std::fs::write(&kept, city.run(&["log", "checkpoint"]).ends_with(0).out).expect("a file can be written");
        city.run(&["log", "verify", "--against", &file]).ends_with(0);

        // The same key over a city of its own, with fewer hazards.
        let another = City::on(city.engine);
        std::fs::copy(city.key_file(), another.key_file()).expect("the key can be copied");
        let (code, _) = Server::demo(&another, HAZARDS / 2).ends_in_order();
        assert_eq!(code, Some(0));
        another.run(&["log", "verify"]).ends_with(0);
        another.run(&["log", "verify", "--against", &file]).ends_with(1).says("历史被改写或倒退");

        // One that another key has signed says nothing about this record.
        std::fs::write(&kept, read(&kept).replace("— anlan/6109 ", "— anlan/9999 ")).expect("a file can be written");
        city.run(&["log", "verify", "--against", &file]).ends_with(2);
    }

    fn the_record_is_looked_at_beside_a_running_server(city: &City) {
        let server = Server::demo(city, HAZARDS);
        city.run(&["log", "verify"]).ends_with(0);
        city.run(&["log", "checkpoint"]).ends_with(0).says("anlan/6109");
        city.run(&["migrate"]).ends_with(0);
        let (status, _) = server.client().get("/readyz").expect("the server answers");
        assert_eq!(status, 200);
    }
}
