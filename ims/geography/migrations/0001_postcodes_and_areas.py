import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.operations
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        # An exclusion constraint over equal keys and overlapping days needs it; any owner of a database may create it.
        django.contrib.postgres.operations.BtreeGistExtension(),
        migrations.CreateModel(
            name='AreaGroup',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=20)),
                ('name', models.CharField(max_length=80)),
                ('kind', models.CharField(choices=[('daat', 'Drug and alcohol action team'), ('partnership', 'Partnership'), ('sub-region', 'Sub-region')], max_length=11)),
                ('confidence', models.CharField(choices=[('verified', 'Read in a published source'), ('corroborated', 'Partly seen'), ('recalled', 'From memory, may be wrong'), ('proposed', 'Proposed for this system: no official list is public')], max_length=12)),
            ],
            options={
                'ordering': ['kind', 'name'],
                'constraints': [models.UniqueConstraint(fields=('code',), name='area_group_code_is_unique'), models.CheckConstraint(condition=models.Q(('kind__in', ['daat', 'partnership', 'sub-region'])), name='area_group_kind_is_known'), models.CheckConstraint(condition=models.Q(('confidence__in', ['verified', 'corroborated', 'recalled', 'proposed'])), name='area_group_confidence_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Authority',
            fields=[
                ('code', models.CharField(max_length=9, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80)),
                ('in_area', models.BooleanField(default=False)),
                ('region_code', models.CharField(max_length=9)),
                ('region', models.CharField(max_length=40)),
                ('confidence', models.CharField(choices=[('verified', 'Read in a published source'), ('corroborated', 'Partly seen'), ('recalled', 'From memory, may be wrong'), ('proposed', 'Proposed for this system: no official list is public')], max_length=12)),
                ('sort', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'ordering': ['sort', 'name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('code__regex', '^[A-Z][0-9]{8}$')), name='authority_code_is_a_letter_and_eight_digits'), models.CheckConstraint(condition=models.Q(('confidence__in', ['verified', 'corroborated', 'recalled', 'proposed'])), name='authority_confidence_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('product', models.CharField(choices=[('example', 'Example postcodes'), ('code-point-open', 'Code-Point Open'), ('onspd', 'ONS Postcode Directory'), ('nspl', 'National Statistics Postcode Lookup'), ('other', 'Other')], max_length=15)),
                ('name', models.CharField(max_length=30)),
                ('file_sha256', models.CharField(max_length=64)),
                ('rows', models.PositiveIntegerField()),
                ('loaded_at', models.DateTimeField()),
                ('is_current', models.BooleanField(default=False)),
                ('attribution', models.TextField()),
            ],
            options={
                'ordering': ['-loaded_at'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('is_current',), name='edition_at_most_one_is_current'), models.UniqueConstraint(fields=('file_sha256',), name='edition_once_a_file'), models.CheckConstraint(condition=models.Q(('product__in', ['example', 'code-point-open', 'onspd', 'nspl', 'other'])), name='edition_product_is_known')],
            },
        ),
        migrations.CreateModel(
            name='AreaGroupMember',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='geography.areagroup')),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='geography.authority')),
            ],
            options={
                'ordering': ['group', 'authority', 'valid_from'],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_from__lte', models.F('valid_to')), _connector='OR'), name='area_group_member_leaves_after_it_joins'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('group', '='), ('authority', '='), (models.Func('valid_from', 'valid_to', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='area_group_member_once_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Postcode',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('postcode', models.CharField(max_length=8)),
                ('authority_code', models.CharField(blank=True, max_length=9)),
                ('ward_code', models.CharField(blank=True, max_length=9)),
                ('lsoa_code', models.CharField(blank=True, max_length=9)),
                ('terminated_on', models.DateField(blank=True, null=True)),
                ('edition', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='postcodes', to='geography.edition')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('edition', 'postcode'), name='postcode_once_in_its_edition')],
            },
        ),
    ]
