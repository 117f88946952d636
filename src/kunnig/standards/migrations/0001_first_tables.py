"""The first tables of this room, and the order of Swedish letters that its lists sort by."""

import django.db.models.deletion
import uuid
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def give_swedish_order(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the collation `swedish` on PostgreSQL; SQLite gets it with every connection."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE COLLATION IF NOT EXISTS swedish (provider = icu, locale = 'sv')"
        )


def take_swedish_order(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the collation `swedish` on PostgreSQL."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP COLLATION IF EXISTS swedish")


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.RunPython(give_swedish_order, take_swedish_order),
        migrations.CreateModel(
            name="Criterion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "grade_step",
                    models.CharField(
                        choices=[("E", "E"), ("D", "D"), ("C", "C"), ("B", "B"), ("A", "A")],
                        max_length=2,
                    ),
                ),
                ("paragraph", models.PositiveSmallIntegerField()),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
            ],
            options={
                "verbose_name_plural": "criteria",
            },
        ),
        migrations.CreateModel(
            name="Point",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("heading", models.CharField(blank=True, max_length=300)),
                ("text", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="QuestionGroup",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("code", models.CharField(max_length=4)),
            ],
        ),
        migrations.CreateModel(
            name="QuestionSet",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField(verbose_name="version")),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("written", "Written in plain words"),
                            ("generated", "One question for each point of content"),
                        ],
                        max_length=20,
                        verbose_name="origin",
                    ),
                ),
                ("content_hash", models.CharField(blank=True, max_length=64)),
                ("published_at", models.DateTimeField(verbose_name="published")),
            ],
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("code", models.CharField(max_length=8)),
                (
                    "criteria",
                    models.ManyToManyField(related_name="questions", to="standards.criterion"),
                ),
                ("points", models.ManyToManyField(related_name="questions", to="standards.point")),
                (
                    "group",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="standards.questiongroup",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="QuestionGroupText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=12)),
                ("title", models.CharField(blank=True, max_length=300)),
                ("asks", models.TextField(blank=True)),
                (
                    "group",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="standards.questiongroup",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="questiongroup",
            name="question_set",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="groups",
                to="standards.questionset",
            ),
        ),
        migrations.CreateModel(
            name="QuestionText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=12)),
                ("text", models.TextField()),
                ("hint", models.TextField(blank=True)),
                ("short", models.CharField(max_length=60)),
                (
                    "question",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="standards.question",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Syllabus",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.CharField(max_length=40, verbose_name="code")),
                ("version", models.PositiveIntegerField(verbose_name="version")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "english_name",
                    models.CharField(blank=True, max_length=200, verbose_name="name in English"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("courses", "Subject with courses"),
                            ("levels", "Subject with levels"),
                            ("sector", "Sector standard"),
                            ("practice", "Standard for practice"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("owner", models.CharField(max_length=160, verbose_name="owner")),
                (
                    "mandate",
                    models.CharField(
                        choices=[
                            ("national", "Issued by the National Agency for Education"),
                            ("sector", "Issued by a sector body"),
                            ("own", "Our own, for practice"),
                            ("example", "An invented example, for demonstrations"),
                        ],
                        max_length=20,
                        verbose_name="mandate",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("purpose", models.TextField(blank=True, verbose_name="purpose")),
                ("content_hash", models.CharField(max_length=64)),
                ("source", models.CharField(max_length=300, verbose_name="source")),
                ("imported_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code", "version"), name="syllabus_version_is_unique_in_its_code"
                    ),
                    models.UniqueConstraint(
                        fields=("code", "content_hash"), name="syllabus_content_is_taken_in_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)),
                        name="syllabus_version_counts_from_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["courses", "levels", "sector", "practice"])
                        ),
                        name="syllabus_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("mandate__in", ["national", "sector", "own", "example"])
                        ),
                        name="syllabus_mandate_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "practice"), _negated=True),
                            ("mandate", "own"),
                            _connector="OR",
                        ),
                        name="syllabus_for_practice_is_our_own",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="syllabus_ends_after_it_starts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PurposePoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
                (
                    "syllabus",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="purpose_points",
                        to="standards.syllabus",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="criterion",
            name="syllabus",
            field=models.ForeignKey(
                db_index=False,
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="criteria",
                to="standards.syllabus",
            ),
        ),
        migrations.CreateModel(
            name="SyllabusSchoolForm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=20, verbose_name="school form")),
                (
                    "syllabus",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="school_forms",
                        to="standards.syllabus",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Target",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("course", "Course"),
                            ("level", "Level"),
                            ("module", "Module of a sector standard"),
                            ("practice", "Practice target"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("code", models.CharField(max_length=40, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "english_name",
                    models.CharField(blank=True, max_length=200, verbose_name="name in English"),
                ),
                (
                    "points",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="points"),
                ),
                ("sort_order", models.PositiveSmallIntegerField()),
                ("description", models.TextField(blank=True, verbose_name="description")),
                (
                    "leads_to",
                    models.CharField(
                        choices=[
                            ("intyg", "A certificate (intyg)"),
                            ("sector_proof", "A sector’s own proof"),
                            ("nothing", "Nothing: for practice only"),
                        ],
                        max_length=20,
                        verbose_name="may lead to",
                    ),
                ),
                ("search_key", models.CharField(max_length=500)),
                (
                    "syllabus",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="targets",
                        to="standards.syllabus",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="questionset",
            name="target",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="question_sets",
                to="standards.target",
            ),
        ),
        migrations.AddField(
            model_name="point",
            name="target",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="content",
                to="standards.target",
            ),
        ),
        migrations.AddField(
            model_name="criterion",
            name="target",
            field=models.ForeignKey(
                db_index=False,
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="criteria",
                to="standards.target",
            ),
        ),
        migrations.CreateModel(
            name="TargetPurpose",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_emphasised", models.BooleanField(default=False)),
                (
                    "purpose",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="standards.purposepoint",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="covered_purposes",
                        to="standards.target",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="target",
            name="purposes",
            field=models.ManyToManyField(
                through="standards.TargetPurpose", to="standards.purposepoint"
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.UniqueConstraint(
                fields=("group", "number"), name="question_number_is_unique_in_its_group"
            ),
        ),
        migrations.AddConstraint(
            model_name="questiongrouptext",
            constraint=models.UniqueConstraint(
                fields=("group", "language"), name="question_group_has_one_text_a_language"
            ),
        ),
        migrations.AddConstraint(
            model_name="questiongrouptext",
            constraint=models.CheckConstraint(
                condition=models.Q(("asks", ""), ("title", ""), _negated=True),
                name="question_group_text_says_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="questiongroup",
            constraint=models.UniqueConstraint(
                fields=("question_set", "number"), name="question_group_number_is_unique_in_its_set"
            ),
        ),
        migrations.AddConstraint(
            model_name="questiongroup",
            constraint=models.UniqueConstraint(
                fields=("question_set", "code"), name="question_group_code_is_unique_in_its_set"
            ),
        ),
        migrations.AddConstraint(
            model_name="questiontext",
            constraint=models.UniqueConstraint(
                fields=("question", "language"), name="question_has_one_text_a_language"
            ),
        ),
        migrations.AddConstraint(
            model_name="questiontext",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="question_text_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="purposepoint",
            constraint=models.UniqueConstraint(
                fields=("syllabus", "number"), name="purpose_point_number_is_unique_in_its_syllabus"
            ),
        ),
        migrations.AddConstraint(
            model_name="syllabusschoolform",
            constraint=models.UniqueConstraint(
                fields=("syllabus", "code"), name="syllabus_names_a_school_form_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="questionset",
            constraint=models.UniqueConstraint(
                fields=("target", "version"), name="question_set_version_is_unique_in_its_target"
            ),
        ),
        migrations.AddConstraint(
            model_name="questionset",
            constraint=models.CheckConstraint(
                condition=models.Q(("version__gte", 1)), name="question_set_version_counts_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="questionset",
            constraint=models.CheckConstraint(
                condition=models.Q(("origin__in", ["written", "generated"])),
                name="question_set_origin_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="questionset",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "written"), models.Q(("content_hash", ""), _negated=True)),
                    models.Q(("content_hash", ""), ("origin", "generated")),
                    _connector="OR",
                ),
                name="question_set_that_was_written_knows_its_file",
            ),
        ),
        migrations.AddConstraint(
            model_name="questionset",
            constraint=models.UniqueConstraint(
                condition=models.Q(("content_hash", ""), _negated=True),
                fields=("target", "content_hash"),
                name="question_set_of_one_file_is_attached_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="point",
            constraint=models.UniqueConstraint(
                fields=("target", "number"), name="point_number_is_unique_in_its_target"
            ),
        ),
        migrations.AddConstraint(
            model_name="point",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="point_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="criterion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("syllabus__isnull", True), ("target__isnull", False)),
                    models.Q(("syllabus__isnull", False), ("target__isnull", True)),
                    _connector="OR",
                ),
                name="criterion_hangs_on_a_target_or_on_a_syllabus",
            ),
        ),
        migrations.AddConstraint(
            model_name="criterion",
            constraint=models.UniqueConstraint(
                fields=("target", "grade_step", "number"),
                name="criterion_number_is_unique_in_its_target",
            ),
        ),
        migrations.AddConstraint(
            model_name="criterion",
            constraint=models.UniqueConstraint(
                fields=("syllabus", "grade_step", "number"),
                name="criterion_number_is_unique_in_its_syllabus",
            ),
        ),
        migrations.AddConstraint(
            model_name="criterion",
            constraint=models.CheckConstraint(
                condition=models.Q(("grade_step__in", ["E", "D", "C", "B", "A"])),
                name="criterion_grade_step_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="criterion",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="criterion_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="targetpurpose",
            constraint=models.UniqueConstraint(
                fields=("target", "purpose"), name="target_covers_a_purpose_once"
            ),
        ),
        migrations.AddIndex(
            model_name="target",
            index=models.Index(fields=["code"], name="targets_by_code"),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.UniqueConstraint(
                fields=("syllabus", "code"), name="target_code_is_unique_in_its_syllabus"
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["course", "level", "module", "practice"])),
                name="target_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(("leads_to__in", ["intyg", "sector_proof", "nothing"])),
                name="target_leads_to_what_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "practice"), _negated=True),
                    ("leads_to", "nothing"),
                    _connector="OR",
                ),
                name="target_for_practice_leads_to_nothing",
            ),
        ),
    ]
