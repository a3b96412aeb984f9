"""Steps of a copy: collected, packed, printed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry_rights", "0002_guards"),
    ]

    operations = [
        migrations.AlterField(
            model_name="step",
            name="act",
            field=models.CharField(
                choices=[
                    ("taken_in", "Kirjattu"),
                    ("handler", "Käsittelijä"),
                    ("receipt", "Saapumispäivä siirretty"),
                    ("matched", "Henkilö haettu"),
                    ("authority", "Valtuus tarkistettu"),
                    ("asked", "Tunnistautumista pyydetty"),
                    ("reminded", "Muistutettu tunnistautumisesta"),
                    ("identified", "Henkilöllisyys varmistettu"),
                    ("lapsed", "Rauennut"),
                    ("weighed", "Arvio kirjattu"),
                    ("extended", "Määräaikaa jatkettu"),
                    ("decided", "Ratkaistu"),
                    ("corrected", "Oikaisu kirjattu"),
                    ("erasure", "Poistotaulukko laskettu"),
                    ("restricted", "Käsittelyä rajoitettu"),
                    ("objected", "Kielto tai peruutus tallennettu"),
                    ("collected", "Tietojen kokoaminen aloitettu"),
                    ("packed", "Jäljennöksestä tehty paketti"),
                    ("printed", "Jäljennös tulostettu"),
                    ("filed", "Liite lisätty"),
                    ("letter", "Ilmoitus kirjattu"),
                    ("submitted", "Annettu tarkastettavaksi"),
                    ("returned", "Palautettu käsittelyyn"),
                    ("approved", "Hyväksytty"),
                    ("delivered", "Toimitettu"),
                    ("missent", "Lähetetty väärin"),
                    ("recipients", "Vastaanottajille ilmoitettu"),
                    ("closed", "Suljettu"),
                    ("withdrawn", "Pyytäjä perui"),
                    ("complained", "Valitus tietosuojavaltuutetulle"),
                    ("resolved", "Valitus ratkaistu"),
                ],
                max_length=10,
                verbose_name="toimi",
            ),
        ),
    ]
