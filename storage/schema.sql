begin immediate;
pragma application_id = 2053727080;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE person (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	telegram_id INTEGER NOT NULL, 
	locale TEXT, 
	created_at TEXT NOT NULL, 
	unreachable_since TEXT, 
	UNIQUE (telegram_id)
)
 STRICT

;
CREATE TABLE position (
	person INTEGER NOT NULL, 
	place TEXT NOT NULL, 
	assessment INTEGER, 
	walk TEXT NOT NULL, 
	back TEXT NOT NULL, 
	last_action INTEGER NOT NULL, 
	draft TEXT NOT NULL, at TEXT, seen INTEGER DEFAULT '0' NOT NULL, errand TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (person), 
	FOREIGN KEY(person) REFERENCES person (id)
)
 STRICT

;
CREATE TABLE assessment (
	id INTEGER NOT NULL, 
	rubric TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	owner INTEGER NOT NULL, 
	created_at TEXT NOT NULL, 
	changed_at TEXT NOT NULL, head BLOB DEFAULT (x'') NOT NULL, station INTEGER, form TEXT, form_version INTEGER, seal TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(owner) REFERENCES person (id)
)
 STRICT

;
CREATE INDEX assessment_owner ON assessment (owner);
CREATE TABLE answer (
	assessment INTEGER NOT NULL, 
	item TEXT NOT NULL, 
	value TEXT, 
	revision INTEGER NOT NULL, 
	grouped INTEGER NOT NULL, 
	note TEXT NOT NULL, 
	remedy TEXT NOT NULL, 
	by_person INTEGER, 
	at TEXT, 
	PRIMARY KEY (assessment, item), 
	FOREIGN KEY(assessment) REFERENCES assessment (id), 
	FOREIGN KEY(by_person) REFERENCES person (id)
)
 WITHOUT ROWID,
 STRICT

;
CREATE TABLE veto (
	assessment INTEGER NOT NULL, 
	veto TEXT NOT NULL, 
	choice TEXT NOT NULL, 
	declared INTEGER, 
	note TEXT NOT NULL, 
	revision INTEGER NOT NULL, 
	by_person INTEGER, 
	at TEXT, 
	PRIMARY KEY (assessment, veto), 
	FOREIGN KEY(assessment) REFERENCES assessment (id), 
	FOREIGN KEY(by_person) REFERENCES person (id)
)
 WITHOUT ROWID,
 STRICT

;
CREATE TABLE history (
	id INTEGER NOT NULL, 
	assessment INTEGER NOT NULL, 
	action INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	"before" TEXT, 
	"after" TEXT, 
	grouped INTEGER NOT NULL, 
	reason TEXT NOT NULL, 
	revision INTEGER NOT NULL, 
	by_person INTEGER NOT NULL, 
	at TEXT NOT NULL, previous BLOB DEFAULT (x'') NOT NULL, digest BLOB DEFAULT (x'') NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(assessment) REFERENCES assessment (id), 
	FOREIGN KEY(by_person) REFERENCES person (id)
)
 STRICT

;
CREATE INDEX history_subject ON history (assessment, subject, id);
CREATE INDEX history_action ON history (assessment, action, id);
CREATE TRIGGER history_refuses_delete before delete on history begin select raise(abort, 'history is append-only'); end;
CREATE TABLE inbox (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	update_id INTEGER NOT NULL, 
	digest BLOB NOT NULL, 
	sender INTEGER NOT NULL, 
	payload BLOB NOT NULL, 
	received_at TEXT NOT NULL, 
	state TEXT NOT NULL, 
	attempts INTEGER DEFAULT 0 NOT NULL, 
	done_at TEXT, 
	reference TEXT, worker INTEGER, 
	UNIQUE (update_id, digest), 
	CONSTRAINT inbox_state CHECK (state in ('waiting', 'done', 'quarantined'))
)
 STRICT

;
CREATE INDEX inbox_waiting ON inbox (id) WHERE state = 'waiting';
CREATE INDEX inbox_quarantined ON inbox (id) WHERE state = 'quarantined';
CREATE TABLE outbox (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	chat_id INTEGER NOT NULL, 
	person INTEGER NOT NULL, 
	callback_id TEXT, 
	message_id INTEGER, 
	notice_key TEXT, 
	notice_arguments BLOB, 
	notice_alert INTEGER NOT NULL, 
	draws INTEGER NOT NULL, 
	created_at TEXT NOT NULL, 
	not_before TEXT, worker INTEGER, place TEXT, document TEXT, topic TEXT, 
	FOREIGN KEY(person) REFERENCES person (id)
)
 STRICT

;
CREATE TABLE worker (
	id INTEGER NOT NULL, 
	seen_at INTEGER NOT NULL, 
	PRIMARY KEY (id)
)
 STRICT

;
CREATE INDEX inbox_sender ON inbox (sender, id) WHERE state = 'waiting';
CREATE TRIGGER history_refuses_update before update on history begin select raise(abort, 'history is append-only'); end;
CREATE INDEX assessment_station ON assessment (station);
CREATE TABLE entry (
	assessment INTEGER NOT NULL, 
	subject TEXT NOT NULL, 
	value TEXT NOT NULL, 
	revision INTEGER NOT NULL, 
	by_person INTEGER, 
	at TEXT, 
	PRIMARY KEY (assessment, subject), 
	FOREIGN KEY(assessment) REFERENCES assessment (id), 
	FOREIGN KEY(by_person) REFERENCES person (id)
)
 WITHOUT ROWID,
 STRICT

;
CREATE TABLE authority (
	code TEXT NOT NULL, 
	name TEXT NOT NULL, 
	level TEXT NOT NULL, 
	parent TEXT NOT NULL, 
	PRIMARY KEY (code)
)
 STRICT

;
CREATE TABLE station (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	code TEXT NOT NULL, 
	name TEXT NOT NULL, 
	authority TEXT NOT NULL, 
	direct INTEGER NOT NULL, 
	UNIQUE (code), 
	FOREIGN KEY(authority) REFERENCES authority (code)
)
 STRICT

;
CREATE TABLE membership (
	station INTEGER NOT NULL, 
	person INTEGER NOT NULL, 
	role TEXT NOT NULL, 
	name TEXT NOT NULL, 
	joined_at TEXT NOT NULL, 
	consent INTEGER NOT NULL, 
	deputy INTEGER NOT NULL, 
	ended_at TEXT, 
	PRIMARY KEY (station, person), 
	FOREIGN KEY(station) REFERENCES station (id), 
	FOREIGN KEY(person) REFERENCES person (id)
)
 WITHOUT ROWID,
 STRICT

;
CREATE INDEX membership_person ON membership (person);
CREATE TABLE invitation (
	id INTEGER NOT NULL, 
	digest BLOB NOT NULL, 
	station INTEGER NOT NULL, 
	role TEXT NOT NULL, 
	by_person INTEGER, 
	created_at TEXT NOT NULL, 
	expires_at TEXT NOT NULL, 
	state TEXT NOT NULL, 
	code BLOB NOT NULL, 
	opened_by INTEGER, 
	consent INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	misses INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (digest), 
	FOREIGN KEY(station) REFERENCES station (id), 
	FOREIGN KEY(by_person) REFERENCES person (id), 
	FOREIGN KEY(opened_by) REFERENCES person (id)
)
 STRICT

;
CREATE INDEX invitation_station ON invitation (station, created_at);
CREATE INDEX invitation_person ON invitation (opened_by);
CREATE TABLE consent (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	person INTEGER NOT NULL, 
	station INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	given INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	FOREIGN KEY(person) REFERENCES person (id), 
	FOREIGN KEY(station) REFERENCES station (id)
)
 STRICT

;
CREATE INDEX consent_person ON consent (person, id);
CREATE TABLE guess (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	person INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	FOREIGN KEY(person) REFERENCES person (id)
)
 STRICT

;
CREATE INDEX guess_person ON guess (person, at);
CREATE INDEX position_assessment ON position (assessment, at);
CREATE TABLE file (
	assessment INTEGER NOT NULL, 
	sha256 TEXT NOT NULL, 
	bytes INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	PRIMARY KEY (assessment, sha256), 
	FOREIGN KEY(assessment) REFERENCES assessment (id)
)
 WITHOUT ROWID,
 STRICT

;
CREATE INDEX outbox_topic ON outbox (chat_id, topic) WHERE topic is not null;
CREATE TABLE cancelled (
	document TEXT NOT NULL, 
	name TEXT NOT NULL, 
	date TEXT NOT NULL, 
	code TEXT NOT NULL, 
	note TEXT NOT NULL, 
	PRIMARY KEY (document, name)
)
 WITHOUT ROWID,
 STRICT

;
CREATE TABLE archive (
	assessment INTEGER NOT NULL, 
	code TEXT NOT NULL, 
	name TEXT NOT NULL, 
	sha256 TEXT NOT NULL, 
	bytes INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	PRIMARY KEY (assessment, code, name), 
	FOREIGN KEY(assessment) REFERENCES assessment (id)
)
 WITHOUT ROWID,
 STRICT

;
insert into alembic_version (version_num) values ('0008');
commit;
