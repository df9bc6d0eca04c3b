# The two commands are `make demo` and `make test`; the others are parts of them. The work is in scripts/.
# CARGO_TARGET_DIR is respected; LISTEN=ADDR moves the demo.

.PHONY: help demo demo-reset test test-rust test-web test-e2e lint deny
.DEFAULT_GOAL := help

help: ## 列出命令 this list
	@grep -E '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## /  make \1 \t/' | expand -t 20

demo: ## 启动演示市 build what is missing, serve the demo city on 127.0.0.1:8080
	@exec scripts/demo.sh

demo-reset: ## 清除演示数据并重新开始 delete the demo data and start over
	@exec scripts/demo.sh reset

test: ## 全部测试 every check, browser journeys included
	@exec scripts/test.sh

test-rust: ## Rust 测试, 两种数据库 Rust tests on both engines
	@exec scripts/test.sh need web rust

test-web: ## 前端类型与构建 front end: types and build
	@exec scripts/test.sh web

test-e2e: ## 浏览器全程测试 journeys in a real browser
	@exec scripts/test.sh need web journeys

lint: ## 格式与静态检查 format, types and clippy
	@exec scripts/test.sh format web clippy

deny: ## 许可证与安全公告 licences and advisories (cargo-deny, needs the network)
	@command -v cargo-deny >/dev/null || { echo '缺少 cargo-deny: cargo install --locked cargo-deny  missing cargo-deny' >&2; exit 1; }
	@cargo deny check
