import django.contrib.postgres.fields
from django.db import migrations, models

TABLE = """
CREATE SEQUENCE audit_event_id AS bigint;
CREATE TABLE audit_event (
    id bigint NOT NULL,
    at timestamptz NOT NULL,
    what varchar(60) NOT NULL,
    user_id bigint,
    role varchar(30) NOT NULL DEFAULT '',
    provider_id bigint,
    kind varchar(30) NOT NULL DEFAULT '',
    subjects bigint[] NOT NULL DEFAULT '{}',
    counts jsonb NOT NULL DEFAULT '{}',
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
CREATE TABLE audit_event_default PARTITION OF audit_event DEFAULT;
CREATE INDEX audit_event_subjects ON audit_event USING gin (subjects);
CREATE INDEX audit_event_provider_at ON audit_event (provider_id, at);
CREATE INDEX audit_event_of_everybody ON audit_event (provider_id, at) WHERE what = 'clients.extracted';
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(TABLE, "DROP TABLE audit_event; DROP SEQUENCE audit_event_id;")
            ],
            state_operations=[
                migrations.CreateModel(
                    name="Event",
                    fields=[
                        ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("at", models.DateTimeField()),
                        ("what", models.CharField(max_length=60)),
                        ("user_id", models.BigIntegerField(null=True)),
                        ("role", models.CharField(blank=True, max_length=30)),
                        ("provider_id", models.BigIntegerField(null=True)),
                        ("kind", models.CharField(blank=True, max_length=30)),
                        (
                            "subjects",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(), default=list, size=None
                            ),
                        ),
                        ("counts", models.JSONField(default=dict)),
                    ],
                    options={"db_table": "audit_event", "managed": True},
                )
            ],
        )
    ]
