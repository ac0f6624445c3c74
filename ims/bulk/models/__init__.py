from ims.bulk.models.profile import Profile
from ims.bulk.models.transfer import Transfer
from ims.bulk.models.upload import Upload, UploadFile, UploadRow

__all__ = ["Profile", "Transfer", "Upload", "UploadFile", "UploadRow"]
