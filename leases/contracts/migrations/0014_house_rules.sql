-- The first version of the house rules. A version that was published stays.
CREATE FUNCTION public.leases_contracts_keep_house_rules() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    RAISE EXCEPTION 'house rules that were published stay'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'contracts_house_rules_kept';
END $$;

CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON public.leases_contracts_houserules
    FOR EACH ROW EXECUTE FUNCTION public.leases_contracts_keep_house_rules();

INSERT INTO public.leases_contracts_houserules (valid_from, finnish, english) VALUES (
    '1995-05-01',
    $text$Järjestyssäännöt ovat vuokrasopimuksen liite. Ne koskevat asukkaita ja heidän vieraitaan.

# Yleistä
Otamme naapurit huomioon. Hiljaisuus on klo 22–7. Häiritsevästä elämästä voi seurata varoitus ja sopimuksen purkaminen.

# Yhteiset tilat ja piha
Ulko-ovet pidetään lukossa ja porrashuoneet tyhjinä: ne ovat poistumisteitä. Tupakointi on kielletty yhteisissä tiloissa. Ajoneuvot pysäköidään niille varatuille paikoille.

# Huoneisto
Huoneistoa hoidetaan huolellisesti. Viasta, vuodosta ja tuholaisista ilmoitetaan heti. Seiniin ja kiinteisiin laitteisiin ei tehdä muutoksia ilman lupaa. Palovaroittimen toiminta tarkistetaan kuukausittain. Asukkaalla on hyvä olla kotivakuutus.

# Jätteet, pesutupa ja lemmikit
Jätteet lajitellaan; huonekalut ja laitteet viedään jäteasemalle. Pesutupa ja sauna jätetään siisteiksi. Lemmikit pidetään kytkettyinä pihalla ja porrashuoneessa, ja jäljet korjataan.$text$,
    $text$The house rules are an annex to the lease. They bind residents and their guests.

# General
We respect our neighbours. Quiet hours are from 10 p.m. to 7 a.m. Disturbance may lead to a warning and to rescission of the lease.

# Common areas and yard
Outer doors are kept locked. Stairwells are kept clear, as they are escape routes. Smoking is prohibited in the common areas. Vehicles are parked only in the spaces reserved for them.

# The flat
Take good care of the flat. Report defects, leaks and pests at once. Do not alter walls or fixed appliances without permission. Test the smoke alarm every month. Home insurance is recommended.

# Waste, laundry and pets
Waste is sorted; furniture and appliances are taken to a waste collection centre. The laundry room and sauna are left tidy. Pets are kept on a lead in the yard and stairwells, and their owners clean up after them.$text$
);
