"""What the stories of uploads share: files, and how a manager sends one."""

from django.core.files.uploadedfile import SimpleUploadedFile

from ims.bulk.models import Upload

NEW = "P,Q,05/05/1985,M,yes,7Q4,01/06/2026,SYR_FIXED_1=10,HEROIN\n"
OTHER = "R,S,17/09/1979,F,no,8K2,02/06/2026,SYR_FIXED_1=5,HEROIN\n"
WRONG = NEW.replace("HEROIN", "HEROINE")


def a_file(text: str | bytes, name: str = "Quarter 1 Riverside.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)


def sends_a_file(manager, text: str | bytes, layout: str = "contacts", **typed):
    manager.opens("/uploads/")
    return manager.sends(file=a_file(text), layout=layout, **typed)


def the_upload(world) -> Upload:
    return Upload.objects.visible_to(world.pharmacy_manager).latest("pk")


def the_state(upload: Upload) -> str:
    return Upload.objects.values_list("state", flat=True).get(pk=upload.pk)
