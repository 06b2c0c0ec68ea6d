"""Names for invented people. Put together by a seeded generator; any likeness is chance."""

from __future__ import annotations

from random import Random

GIVEN_NAMES = ["Alba", "Amalia", "Beatriz", "Camila", "Carmen", "Catalina", "Clara", "Daniela", "Diana", "Elena", "Esperanza", "Eugenia", "Fabiola", "Gloria", "Inés", "Irene", "Jimena", "Josefina", "Juana", "Leonor", "Lidia", "Lina", "Lucía", "Luz", "Magdalena", "Marcela", "Margarita", "Mariana", "Marta", "Mercedes", "Nadia", "Natalia", "Nelly", "Olga", "Paola", "Patricia", "Pilar", "Raquel", "Rocío", "Sandra", "Silvia", "Sofía", "Susana", "Teresa", "Valentina", "Verónica", "Victoria", "Ximena", "Yolanda", "Zulma", "Andrés", "Aníbal", "Arturo", "Bernardo", "Camilo", "César", "Cristóbal", "Diego", "Efraín", "Emilio", "Esteban", "Fabián", "Felipe", "Gabriel", "Germán", "Hernán", "Hugo", "Ignacio", "Iván", "Jaime", "Joaquín", "Jorge", "Julián", "Leonardo", "Luis", "Manuel", "Mateo", "Mauricio", "Miguel", "Nicolás", "Óscar", "Pablo", "Rafael", "Ramiro", "Ricardo", "Rodrigo", "Samuel", "Sergio", "Tulio", "Vicente", "Wilson"]
SURNAMES = ["Acosta", "Agudelo", "Aguilar", "Álvarez", "Arango", "Arias", "Ávila", "Barrera", "Bedoya", "Benítez", "Bermúdez", "Bravo", "Bustos", "Caballero", "Cabrera", "Cáceres", "Calderón", "Cano", "Cárdenas", "Carvajal", "Castaño", "Castro", "Cifuentes", "Contreras", "Correa", "Cuervo", "Delgado", "Duarte", "Echeverri", "Escobar", "Espinosa", "Estrada", "Fajardo", "Figueroa", "Flórez", "Fonseca", "Franco", "Gaitán", "Gallego", "Garcés", "Giraldo", "Gómez", "Guerrero", "Guzmán", "Henao", "Hoyos", "Hurtado", "Ibáñez", "Jaramillo", "Lozano", "Luna", "Macías", "Maldonado", "Marín", "Medina", "Mejía", "Molina", "Montoya", "Mora", "Moreno", "Muñoz", "Murillo", "Narváez", "Navarro", "Nieto", "Núñez", "Ocampo", "Olaya", "Orozco", "Ortiz", "Ospina", "Palacio", "Parra", "Patiño", "Peña", "Pineda", "Pinto", "Plata", "Quintero", "Ramírez", "Restrepo", "Rincón", "Ríos", "Robledo", "Rojas", "Romero", "Rosero", "Rueda", "Salazar", "Sandoval", "Serrano", "Sierra", "Solano", "Soto", "Suárez", "Tamayo", "Téllez", "Torres", "Trujillo", "Urrego", "Valencia", "Vargas", "Velandia", "Vélez", "Villa", "Zambrano", "Zapata", "Zuluaga"]
SCHOOL_KINDS = ("Institución Educativa", "Colegio", "Escuela Rural", "Centro Educativo")
SCHOOL_NAMES = ["El Arrayán", "La Ceiba", "Los Guayacanes", "El Samán", "Las Acacias", "La Esperanza", "El Porvenir", "Nuevo Horizonte", "Los Almendros", "La Colina", "Río Claro", "El Mirador", "La Pradera", "Las Garzas", "El Roble", "La Cumbre", "Los Cedros", "El Manantial", "La Unión", "Piedra Blanca", "Valle Hermoso", "El Nogal", "La Quebrada", "Agua Viva", "Buenos Aires", "El Faro", "La Alborada", "Los Sauces", "Monte Alto", "El Diamante", "La Palma", "Tierra Nueva", "El Carmelo", "Puente Real", "La Laguna", "Los Naranjos", "Campo Alegre", "El Totumo"]


def given(rng: Random) -> str:
    """One given name, or two in a third of the cases."""
    first = rng.choice(GIVEN_NAMES)
    return f"{first} {rng.choice([n for n in GIVEN_NAMES if n != first])}" if rng.random() < 1 / 3 else first


def family(rng: Random) -> str:
    """Two surnames, or one in a tenth of the cases."""
    return rng.choice(SURNAMES) if rng.random() < 0.1 else f"{rng.choice(SURNAMES)} {rng.choice(SURNAMES)}"


def school(rng: Random, place: str, number: int) -> str:
    """A school's name; the number keeps two of one place apart."""
    return f"{rng.choice(SCHOOL_KINDS)} {rng.choice(SCHOOL_NAMES)} de {place} {number}"
