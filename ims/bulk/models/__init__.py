from ims.bulk.models.profile import Profile
from ims.bulk.models.upload import Upload, UploadFile, UploadRow

__all__ = ["Profile", "Upload", "UploadFile", "UploadRow"]
